import { type Bytes, type BytesPerSecond, bytesPerSecond, type Picoseconds, picoseconds } from '../units.ts';
import type { Bound, Constraint } from './bound.ts';
import { type Demand, demandTime, mergeDemands } from './demand.ts';

/** Two DMAs of one chunk each, by way of staging buffers, and the time until the host acts on the end of either. */
export interface StagingQuestion {
  /** Of the write into a buffer, and of the read from it; both of a chunk, with the workload's depth left away. */
  readonly in: Bound;
  readonly out: Bound;
  readonly buffers: number;
  readonly latencies: { readonly in: Picoseconds; readonly out: Picoseconds };
  /** Chunks of a transfer, and transfers under way at a time; any number of chunks unless given. */
  readonly load?: { readonly chunks: number; readonly depth: number };
}

/** A resource of one leg, or of both, which share it; the buffers are of both. */
export interface StagingConstraint extends Constraint {
  readonly leg: 'in' | 'out' | 'both';
}

/** The closed-form bound of a staged flow, alone in the machine: plain data. */
export interface StagingBound {
  readonly chunk: Bytes;
  /** From the tightest to the loosest. */
  readonly constraints: readonly StagingConstraint[];
  readonly limitedBy: string;
  readonly rate: BytesPerSecond;
  /** Of one chunk alone, from the first write to the last byte read. */
  readonly latency: Picoseconds;
  /** What each chunk asks of each resource. */
  readonly demands: readonly Demand[];
}

/** Name of the buffers in results, as that of a resource. */
export const stagingBuffers = (memory: string): string => `staging-buffers:${memory}`;

/** Each chunk holds a buffer, or each transfer one of so many places, from its first write until the host knows it read. */
const held = (
  resource: string,
  time: number,
  { places, told }: { places: number; told: number },
): Demand => ({
  resource,
  busy: (time + told) / places,
  before: 0,
  after: -told,
});

/** What a chunk asks of both legs: the reads come after the writes of the same chunk, and after the host has been told. */
function legDemands({ in: first, out: second, latencies }: StagingQuestion): readonly Demand[] {
  const toRead = demandTime(first.demands, 1) + latencies.in;
  const toEnd = latencies.in + demandTime(second.demands, 1);
  return mergeDemands([
    ...first.demands.map((demand) => ({ ...demand, after: demand.after + toEnd })),
    ...second.demands.map((demand) => ({ ...demand, before: demand.before + toRead })),
  ]);
}

function allDemands(question: StagingQuestion): readonly Demand[] {
  const { in: first, out: second, latencies, buffers, load } = question;
  const alone = demandTime(first.demands, 1) + latencies.in + demandTime(second.demands, 1);
  const told = latencies.out;
  const buffered = held(stagingBuffers(first.spec.to), alone, { places: buffers, told });
  const demands = [...legDemands(question), buffered];
  if (load === undefined) return demands;
  const transfer = demandTime(demands, load.chunks);
  const ends = `depth:${first.spec.from}>${second.spec.to}`;
  return [...demands, held(ends, transfer, { places: load.depth * load.chunks, told })];
}

function legOf({ in: first, out: second }: StagingQuestion, resource: string): StagingConstraint['leg'] {
  const [isIn, isOut] = [first, second].map(({ demands }) =>
    demands.some((demand) => demand.resource === resource),
  );
  if (isIn === isOut) return 'both';
  return isIn ? 'in' : 'out';
}

/**
 * What a flow staged through memory can reach at most: each resource serves the write and the read of every chunk, and so
 * many buffers hold a chunk each until the host has been told of the read's end. Never below what the simulation gives.
 */
export function stagingBound(question: StagingQuestion): StagingBound {
  const { spec } = question.in;
  const demands = allDemands(question);
  const constraints = demands
    .map(({ resource, busy }) => ({
      resource,
      leg: legOf(question, resource),
      rate: bytesPerSecond((spec.size * 1e12) / busy),
    }))
    .sort((a, b) => a.rate - b.rate);
  const [tightest] = constraints as [StagingConstraint, ...StagingConstraint[]];
  return {
    chunk: spec.size,
    constraints,
    limitedBy: tightest.resource,
    rate: tightest.rate,
    latency: picoseconds(Math.floor(demandTime(legDemands(question), 1))),
    demands,
  };
}
