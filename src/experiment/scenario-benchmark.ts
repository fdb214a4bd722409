import { endpoints } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import type { BenchmarkEntry } from './benchmark-schema.ts';
import { type Benchmark, benchmarkOf } from './benchmarks/benchmarks.ts';
import { isOfGroup, pairsOf } from './benchmarks/pattern.ts';
import type { Workload, WorkloadFlow } from './benchmarks/workload.ts';
import { EndCheck } from './end-check.ts';
import type { Scenario } from './parse-scenario.ts';

/** A benchmark and what it is told, on a system. */
export interface ScenarioBenchmark {
  readonly tool: string;
  readonly benchmark: Benchmark;
  readonly workload: Workload;
}

const isMemory = (end: string): boolean => end.startsWith('mem:');

/** Who moves the data where nothing is said: a device that of memory, a drive its own, else the source. */
function usualOperation(system: System, from: string, to: string): 'write' | 'read' {
  if (isMemory(from) || isMemory(to)) return isMemory(from) ? 'read' : 'write';
  const target = system.nodes[to];
  const isDrive = target?.kind === 'endpoint' && target.deviceKind === 'nvme';
  return isDrive ? 'read' : 'write';
}

const gpusOf = (system: System): readonly string[] =>
  endpoints(system).flatMap(({ id, deviceKind }) => (deviceKind === 'gpu' ? [id] : []));

interface Naming {
  readonly scenario: Scenario;
  readonly system: System;
  readonly entry: BenchmarkEntry;
  readonly benchmark: Benchmark;
}

/** The group of a benchmark: the devices named, or all GPUs. */
function groupOf({ scenario, system, entry: { devices, shift, tool } }: Naming): readonly string[] {
  const group = devices ?? gpusOf(system);
  const wrong = group.find((id, i) => group.indexOf(id) < i || isMemory(id));
  if (group.length < 2 || wrong !== undefined) {
    throw scenario.problem(['benchmark', 'devices'], {
      expected: `two devices or more for ${tool}, each once`,
      got: wrong ?? `${group.length}`,
      remedy: 'name them like devices: [gpu0, gpu1]; without devices they are all GPUs',
    });
  }
  if (shift === undefined || shift < group.length) return group;
  throw scenario.problem(['benchmark', 'shift'], {
    expected: `a shift below ${group.length}, the number of devices`,
    remedy: 'lower it',
  });
}

/** Each name of the file must be one of the system. */
function checkNames({ scenario, system, entry }: Naming): void {
  const check = new EndCheck(scenario, system);
  for (const key of ['pairs', 'devices'] as const)
    for (const [i, ids] of (entry[key] ?? []).entries())
      for (const id of [ids].flat()) check.known({ id, path: ['benchmark', key, i] });
}

function flowOf({ scenario, system, entry, benchmark }: Naming, from: string, to: string): WorkloadFlow {
  const check = new EndCheck(scenario, system);
  const path = ['benchmark', entry.pairs === undefined ? 'devices' : 'pairs'];
  const op = benchmark.op ?? entry.op ?? usualOperation(system, from, to);
  check.distinct([{ id: from, path }], [{ id: to, path }]);
  check.initiator([{ id: op === 'read' ? to : from, path }], op);
  return { from, to, op };
}

/** The benchmark of a scenario; null where it has none. Throws ModelError for ends that are not of the system, or cannot do it. */
export function scenarioBenchmark(scenario: Scenario, system: System): ScenarioBenchmark | null {
  const entry = scenario.entry.benchmark;
  const benchmark = entry && benchmarkOf(entry.tool);
  if (!entry || !benchmark) return null;
  const naming = { scenario, system, entry, benchmark };
  checkNames(naming);
  const { pattern } = benchmark;
  const devices = isOfGroup(pattern) ? groupOf(naming) : [];
  const pairs = pairsOf(pattern, { pairs: entry.pairs ?? [], devices, shift: entry.shift ?? 1 });
  const workload: Workload = {
    flows: pairs.map(([from, to]) => flowOf(naming, from, to)),
    background: [],
    value: benchmark.value,
    size: entry.size ?? null,
    window: entry.window ?? null,
    access: entry.access ?? null,
    cached: entry.cached ?? false,
    depth: entry.depth ?? null,
    relaxedOrdering: entry.relaxed_ordering ?? false,
    asksKernel: true,
  };
  return { tool: entry.tool, benchmark, workload };
}
