import { lifeFlows } from '../../src/dma/life/life-flows.ts';
import type { BufferSpec, ImporterSpec, LifeStep } from '../../src/dma/life/life-spec.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { BufferResult, LifeEventResult, RunResult } from '../../src/experiment/run-result.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, type Picoseconds, picoseconds } from '../../src/units.ts';

const KIB = 1024;
const runner = new Runner();
const profile = loadKernelProfile();

/** Microseconds as the picoseconds of steps and starts. */
export const us = (time: number): Picoseconds => picoseconds(Math.round(time * 1e6));

/** Data that has arrived for a flow: of a write at the memory, of a read at the device; times in ps. */
export interface LifeArrival {
  readonly flow: string;
  readonly time: number;
  readonly issued: number;
  readonly payload: number;
  /** End of the whole transfer, with the arrival that completes it. */
  readonly ended: number | null;
}

/** Names flows as their specifications do; all of them must have been accepted. */
class LifeRecorder implements Recorder<DeliveryFact> {
  readonly arrivals: LifeArrival[] = [];
  private readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    this.ids = ids;
  }

  add({ flow, time, issued, payload, last, ended }: DeliveryFact): void {
    const id = this.ids[flow] ?? `flow ${flow}`;
    this.arrivals.push({ flow: id, time, issued, payload, ended: last ? ended : null });
  }
}

/** A driver with one transfer of 4 KiB at a time, unless changed, until the run ends. */
export const user = (device: string, changes: Partial<ImporterSpec> = {}): ImporterSpec => ({
  id: device,
  device,
  kind: 'page-fault',
  op: 'read',
  size: bytes(4 * KIB),
  depth: 1,
  transfers: null,
  job: 1,
  start: picoseconds(0),
  ...changes,
});

export const move = (at: number, to: string): LifeStep => ({ at: us(at), what: 'move', to });
export const step = (at: number, what: 'revoke' | 'unrevoke' | 'remove'): LifeStep => ({ at: us(at), what });

/** A buffer of 64 KiB in the memory of the GPU `g`, unless changed. */
export const shared = (
  importers: readonly ImporterSpec[],
  steps: readonly LifeStep[],
  changes: Partial<BufferSpec> = {},
): BufferSpec => ({
  id: 'frames',
  exporter: 'g',
  kind: 'gpu',
  size: bytes(64 * KIB),
  fallback: 'mem:s0',
  importers,
  steps,
  ...changes,
});

export interface MeasuredLife {
  readonly result: RunResult;
  /** Of all buffers, in the order of the request. */
  readonly buffers: readonly BufferResult[];
  /** In order of time. */
  readonly arrivals: readonly LifeArrival[];
  /** Of the first buffer. */
  readonly events: readonly LifeEventResult[];
}

/** Lets buffers live for so many microseconds; 200 unless given. */
export function live(system: System, buffers: readonly BufferSpec[], until = 200): MeasuredLife {
  const recorder = new LifeRecorder(buffers.flatMap(lifeFlows).map(({ id }) => id));
  const result = runner.run({
    system,
    profile,
    flows: [],
    buffers,
    seed: 'measured',
    until: us(until),
    recorders: { deliveries: [recorder] },
  });
  const lives = result.buffers ?? [];
  const arrivals = recorder.arrivals.toSorted((a, b) => a.time - b.time);
  return { result, buffers: lives, arrivals, events: lives[0]?.events ?? [] };
}

/** The first event of this kind of the first buffer. */
export function eventOf({ events }: MeasuredLife, what: string): LifeEventResult {
  const found = events.find((event) => event.what === what);
  if (found === undefined)
    throw new RangeError(`no ${what} among [${events.map((each) => each.what).join(', ')}]`);
  return found;
}

/** Nanoseconds of a result as whole picoseconds. */
export const ps = (ns: number): number => Math.round(ns * 1e3);
