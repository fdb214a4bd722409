import type { BufferSpec, ImporterSpec, LifeStep } from '../dma/life/life-spec.ts';
import { endpoints, socketOf } from '../system/ancestry.ts';
import type { DocumentPath } from '../system/model-error.ts';
import type { System } from '../system/system.ts';
import { picoseconds } from '../units.ts';
import type { BufferEntry, ImporterEntry, StepEntry } from './buffer-schema.ts';
import type { Scenario } from './parse-scenario.ts';
import { remedyFor } from './scenario-system.ts';

/** The names that a scenario's buffers may use, and complaints about others. */
class Names {
  private readonly scenario: Scenario;
  private readonly system: System;

  constructor(scenario: Scenario, system: System) {
    this.scenario = scenario;
    this.system = system;
  }

  device(name: string, path: DocumentPath): string {
    const known = endpoints(this.system).map(({ id }) => id);
    return this.oneOf(name, known, { expected: `a device of ${this.system.name}`, path });
  }

  memory(name: string, path: DocumentPath): string {
    const known = this.system.sockets.map(({ id }) => `mem:${id}`);
    return this.oneOf(name, known, { expected: `a memory of ${this.system.name}`, path });
  }

  refuse(path: DocumentPath, expected: string, { got, remedy }: { got?: string; remedy: string }): Error {
    return this.scenario.problem(path, { expected, ...(got === undefined ? {} : { got }), remedy });
  }

  private oneOf(
    name: string,
    known: readonly string[],
    { expected, path }: { expected: string; path: DocumentPath },
  ): string {
    if (known.includes(name)) return name;
    throw this.refuse(path, expected, { got: JSON.stringify(name), remedy: remedyFor(name, known) });
  }
}

interface Buffer {
  readonly entry: BufferEntry;
  readonly timed: boolean;
  readonly names: Names;
}

const USUAL_KIND = { gpu: 'gpu', nic: 'page-fault' } as const;

function importerSpec(
  { entry: buffer, timed, names }: Buffer,
  entry: ImporterEntry,
  { path, kindOf }: { path: DocumentPath; kindOf: (device: string) => ImporterSpec['kind'] },
): ImporterSpec {
  const device = names.device(entry.device, [...path, 'device']);
  if (device === buffer.exporter) {
    const remedy = 'choose another device';
    throw names.refuse([...path, 'device'], 'a device other than the exporter', { remedy });
  }
  if (entry.size > buffer.size) {
    const remedy = 'lower it, or raise the size of the buffer';
    throw names.refuse([...path, 'size'], `at most the buffer's ${buffer.size} B`, { remedy });
  }
  const { size, op = 'write', depth = 1, transfers, job = depth, start = picoseconds(0) } = entry;
  if (transfers === undefined && !timed) {
    const remedy = 'add it like transfers: 1000, or end the run with until: { time: "1 ms" }';
    throw names.refuse([...path, 'transfers'], 'the number of transfers', { got: 'nothing', remedy });
  }
  return {
    id: entry.id ?? `${buffer.id}:${device}`,
    device,
    kind: entry.kind ?? kindOf(device),
    op,
    size,
    depth,
    transfers: transfers ?? null,
    job,
    start,
  };
}

function stepOf({ entry: buffer, names }: Buffer, step: StepEntry, path: DocumentPath): LifeStep {
  if (step.do !== 'move') {
    if (step.to === undefined) return { at: step.at, what: step.do };
    throw names.refuse([...path, 'to'], `no place, as ${step.do} moves nothing`, { remedy: 'remove it' });
  }
  if (step.to === undefined) {
    const remedy = `add it like to: mem:s0, or to: ${buffer.exporter}`;
    throw names.refuse([...path, 'to'], 'where the memory moves to', { got: 'nothing', remedy });
  }
  const to = step.to === buffer.exporter ? step.to : names.memory(step.to, [...path, 'to']);
  return { at: step.at, what: 'move', to };
}

function stepsOf(buffer: Buffer, path: DocumentPath): readonly LifeStep[] {
  const steps = (buffer.entry.steps ?? []).map((step, i) => stepOf(buffer, step, [...path, 'steps', i]));
  const late = steps.findIndex(({ at }, i) => at < (steps[i - 1]?.at ?? 0));
  if (late < 0) return steps;
  const remedy = 'put the steps into order of time';
  throw buffer.names.refuse([...path, 'steps', late, 'at'], 'a time that is not before the last step', {
    remedy,
  });
}

/** The importers' ids, which name them in the results. */
function checkIds(specs: readonly BufferSpec[], names: Names): void {
  const seen = new Set<string>();
  for (const [b, { importers }] of specs.entries()) {
    for (const [i, { id }] of importers.entries()) {
      const remedy = 'give one of them an id of its own';
      if (seen.has(id))
        throw names.refuse(['buffers', b, 'importers', i], `another id than ${id}`, { remedy });
      seen.add(id);
    }
  }
}

/**
 * The shared buffers of a scenario. Unless they say otherwise, a GPU exports as GPU drivers do and all others as VFIO; NICs take
 * page faults, GPUs end their jobs behind a fence, and others are iommufd's; they write, one transfer at a time. Throws
 * ModelError for names that are not of the system and steps that make no sense.
 */
export function scenarioBuffers(scenario: Scenario, system: System): readonly BufferSpec[] {
  const { buffers = [], until } = scenario.entry;
  const names = new Names(scenario, system);
  const deviceKind = (device: string) => {
    const node = system.nodes[device];
    return node?.kind === 'endpoint' ? node.deviceKind : 'other';
  };
  const kindOf = (device: string): ImporterSpec['kind'] => {
    const kind = deviceKind(device);
    return kind === 'gpu' || kind === 'nic' ? USUAL_KIND[kind] : 'iommufd';
  };
  const specs = buffers.map((entry, i): BufferSpec => {
    const path = ['buffers', i];
    const buffer = { entry, timed: until?.time !== undefined, names };
    const exporter = names.device(entry.exporter, [...path, 'exporter']);
    const fallback = entry.fallback ?? `mem:${socketOf(system, exporter).id}`;
    return {
      id: entry.id,
      exporter,
      kind: entry.kind ?? (deviceKind(exporter) === 'gpu' ? 'gpu' : 'vfio'),
      size: entry.size,
      fallback: names.memory(fallback, [...path, 'fallback']),
      importers: entry.importers.map((each, j) =>
        importerSpec(buffer, each, { path: [...path, 'importers', j], kindOf }),
      ),
      steps: stepsOf(buffer, path),
    };
  });
  checkIds(specs, names);
  return specs;
}
