import { expect } from 'vitest';
import { type FlowRequest, flowSpec } from '../../src/dma/flow-spec.ts';
import type { BufferSpec } from '../../src/dma/life/life-spec.ts';
import type { StagingSpec } from '../../src/dma/staging/staging-spec.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { FlowResult, RunResult } from '../../src/experiment/run-result.ts';
import { stagingLatencies } from '../../src/experiment/staging-setting.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { type Bound, boundOf } from '../../src/routing/bound.ts';
import { demandTime } from '../../src/routing/demand.ts';
import { type StagingBound, stagingBound } from '../../src/routing/staging-bound.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, parseTime, type Picoseconds, picoseconds } from '../../src/units.ts';
import { device, measuredSystem, type Numbers } from './measured-system.ts';

const profile = loadKernelProfile();
const resident = new Runner();

/** A staged flow of 16 chunks of 64 KiB from `a` to `b`. */
export const staging = (more: Partial<StagingSpec> = {}): StagingSpec => ({
  id: 'f',
  from: 'a',
  to: 'b',
  via: 'mem:s0',
  size: bytes(1 << 20),
  chunk: bytes(1 << 16),
  buffers: 2,
  transfers: 1,
  depth: 1,
  start: picoseconds(0),
  cached: false,
  relaxedOrdering: false,
  idBasedOrdering: false,
  assumed: [],
  ...more,
});

export interface StagedOptions {
  readonly flows?: readonly FlowRequest[];
  readonly buffers?: readonly BufferSpec[];
  readonly until?: string;
  readonly recorder?: Recorder<DeliveryFact>;
  readonly seed?: string;
}

/** Runs staged flows, and others beside them. */
export const runStaged = (
  system: System,
  staged: readonly StagingSpec[],
  more: StagedOptions = {},
): RunResult =>
  resident.run({
    system,
    profile,
    flows: (more.flows ?? []).map(flowSpec),
    staged,
    buffers: more.buffers ?? [],
    seed: more.seed ?? 'staging',
    until: more.until === undefined ? null : parseTime(more.until),
    ...(more.recorder && { recorders: { deliveries: [more.recorder] } }),
  });

/** The flow of a result with this id. */
export const flowOf = ({ flows }: RunResult, id = 'f'): FlowResult => {
  const found = flows.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`no flow ${id}`);
  return found;
};

/** Time of all bytes of a staged flow, from the first write to the last byte read. */
export const timeOf = (result: RunResult, id = 'f'): number => {
  const { bytes: moved, goodput_GBps } = flowOf(result, id);
  return (moved * 1e3) / (goodput_GBps ?? Number.NaN);
};

const leg = (system: System, of: StagingSpec, name: 'in' | 'out'): Bound => {
  const { from, to, via, chunk: size } = of;
  const common = { size, address: system.iommu.mode === 'translate' ? 'IOVA' : 'PHYS' } as const;
  const result = boundOf(
    system,
    name === 'in' ? { ...common, op: 'write', from, to: via } : { ...common, op: 'read', from: via, to },
  );
  if (result.kind === 'none') throw new RangeError(result.reason);
  return result.bound;
};

/** The closed form of a staged flow. */
export const boundedBy = (system: System, of: StagingSpec): StagingBound =>
  stagingBound({
    in: leg(system, of, 'in'),
    out: leg(system, of, 'out'),
    buffers: of.buffers,
    latencies: stagingLatencies(system, of),
    load: { chunks: of.size / of.chunk, depth: of.depth },
  });

export const INTERRUPT_NS = 3000;
export const cpu: Numbers = { kernel: { interrupt_latency: `${INTERRUPT_NS} ns` } };

/** Two devices on root ports of their own, Gen4 x16 by Gen4 x16: writes of 256 B are 280 B on the wire, completions 276 B. */
export const apart = (of: Numbers = cpu): System =>
  measuredSystem({ cpu: of, below: [device('a', 'gen4x16'), device('b', 'gen4x16')] });

export const expectNear = (value: number, expected: number, share: number): void => {
  expect(Math.abs(value / expected - 1)).toBeLessThan(share);
};

/** Least time from the first write to the last byte read of so many chunks, one or more. Whole ps, rounded down. */
export const stagingTime = ({ demands }: StagingBound, chunks: number): Picoseconds =>
  picoseconds(Math.floor(demandTime(demands, chunks)));
