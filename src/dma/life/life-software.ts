import { Lock } from '../../engine/lock.ts';
import type { Processes, Program } from '../../engine/processes.ts';
import type { AcceptedFlow } from '../plan-flows.ts';
import type { Host, Software } from '../software.ts';
import { Dmabuf } from './dmabuf.ts';
import { Exporter } from './exporter.ts';
import { EXPORTER_KINDS } from './exporter-kind.ts';
import { IMPORTER_KINDS } from './importer-kind.ts';
import { Importer } from './importer.ts';
import type { ImporterFlows, ImporterLatencies, ImporterWork } from './importer-work.ts';
import { copyFlow, dataFlow, flushFlow } from './life-flows.ts';
import { type BufferSpec, type ImporterSpec, type LifeStep, placesOf } from './life-spec.ts';
import type { Actor } from './life-trace.ts';

/** What the software of a run with buffers is made from. */
export interface LifeSetting {
  readonly buffers: readonly BufferSpec[];
  /** The flows of `lifeFlows` that the kernel does not refuse, by id. */
  readonly accepted: ReadonlyMap<string, AcceptedFlow>;
  /** Of a device, in the machine that it sits in. */
  latencies(device: string): ImporterLatencies;
}

/** One buffer of a run, with all who have to do with it. */
export interface BufferLife {
  readonly spec: BufferSpec;
  readonly buffer: Dmabuf;
  readonly exporter: Exporter;
  readonly importers: readonly Importer[];
}

/** Whether the fabric translates the flow's addresses. */
const ownsIova = ({ plan }: AcceptedFlow): boolean =>
  plan.destinations.some(({ pages, ats }) => pages !== null || ats !== null);

/** The drivers of all shared buffers of a run. */
export class LifeSoftware implements Software {
  lives: readonly BufferLife[] = [];
  private readonly setting: LifeSetting;
  private stepsLeft = 0;

  constructor(setting: LifeSetting) {
    this.setting = setting;
  }

  start(host: Host): void {
    const mutex = new Lock<Actor>(host.processes);
    this.lives = this.setting.buffers.map((spec) => this.life(spec, host, mutex));
    for (const { spec, exporter, importers } of this.lives) {
      for (const importer of importers) host.processes.start(importer.run());
      this.stepsLeft += spec.steps.length;
      host.processes.start(this.steps(spec, exporter, host.processes));
    }
  }

  unfinished(): readonly string[] {
    const importers = this.lives.flatMap((life) => life.importers).filter(({ done }) => !done);
    const steps = this.stepsLeft > 0 ? [`${this.stepsLeft} steps of exporters are not done`] : [];
    return [...importers.map(({ name }) => `importer ${name} has not ended its transfers`), ...steps];
  }

  private life(spec: BufferSpec, host: Host, mutex: Lock<Actor>): BufferLife {
    const { processes } = host;
    const places = placesOf(spec);
    const buffer = new Dmabuf(EXPORTER_KINDS[spec.kind], processes);
    const copyOf = (from: number, to: number) => {
      const id = copyFlow(spec, places[from] ?? '', places[to] ?? '');
      return this.setting.accepted.has(id) ? host.flow(id) : undefined;
    };
    const exporter = new Exporter(`${spec.id} (${spec.exporter})`, buffer, { processes, copyOf });
    const scene = { buffer, exporter, processes, mutex };
    const importers = spec.importers.map((each) => new Importer(each.id, this.work(spec, each, host), scene));
    return { spec, buffer, exporter, importers };
  }

  private work(spec: BufferSpec, importer: ImporterSpec, host: Host): ImporterWork {
    const places = placesOf(spec);
    const { op, depth, transfers, job, start } = importer;
    return {
      kind: IMPORTER_KINDS[importer.kind],
      op,
      depth,
      transfers: transfers ?? Number.POSITIVE_INFINITY,
      job,
      start,
      flows: places.map((place) => this.flows(importer, place, host)),
      fallback: places.indexOf(spec.fallback),
      latencies: this.setting.latencies(importer.device),
    };
  }

  private flows(importer: ImporterSpec, place: string, host: Host): ImporterFlows | null {
    const [data, flush] = [dataFlow(importer, place), flushFlow(importer, place)];
    const { accepted } = this.setting;
    const flow = accepted.get(data);
    if (!flow || !accepted.has(flush)) return null;
    const address = flow.destinations[0]?.transfer.address ?? 'PHYS';
    return { address, ownsIova: ownsIova(flow), data: host.flow(data), flush: host.flow(flush) };
  }

  private *steps(spec: BufferSpec, exporter: Exporter, processes: Processes): Program {
    const places = placesOf(spec);
    for (const step of spec.steps) {
      yield Math.max(0, step.at - processes.now);
      yield* this.step(step, exporter, places);
      this.stepsLeft--;
    }
  }

  private step(step: LifeStep, exporter: Exporter, places: readonly string[]): Program {
    switch (step.what) {
      case 'move':
        return exporter.move(places.indexOf(step.to));
      case 'revoke':
      case 'remove':
        return exporter.revoke(step.what);
      case 'unrevoke':
        return exporter.unrevoke();
    }
  }
}
