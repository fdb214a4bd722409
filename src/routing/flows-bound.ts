import {
  type Bytes,
  type BytesPerSecond,
  bytes,
  bytesPerSecond,
  type Picoseconds,
  picoseconds,
} from '../units.ts';
import type { Bound } from './bound.ts';
import { boundTime } from './bound-time.ts';
import { type Demand, demandTime, mergeDemands } from './demand.ts';

/** A flow of a set that runs at the same time. */
export interface BoundedFlow {
  readonly bound: Bound;
  readonly transfers: number;
}

/** The least time in which a set of flows can end, and what decides it. */
export interface FlowsBound {
  readonly time: Picoseconds;
  readonly bytes: Bytes;
  /** All bytes by the time. */
  readonly rate: BytesPerSecond;
  readonly limitedBy: string;
}

/**
 * Bound of several flows that begin together: each resource needs the sum of what they ask of it. From the first issue to the
 * last arrival of all; never above what the simulation takes. Throws RangeError without flows.
 */
export function boundOfFlows(flows: readonly BoundedFlow[]): FlowsBound {
  if (flows.length === 0) throw new RangeError('no flows; expected one or more');
  const total = flows.reduce((sum, { bound, transfers }) => sum + bound.spec.size * transfers, 0);
  const alone = flows.map(({ bound, transfers }) => ({ bound, time: boundTime(bound, transfers) }));
  const slowest = alone.reduce((a, b) => (b.time > a.time ? b : a));
  const shared = mergeDemands(flows.flatMap(sharedDemands));
  const together = Math.floor(demandTime(shared, 1));
  const time = Math.max(slowest.time, together);
  const tightest = shared.find((demand) => demandTime([demand], 1) >= time);
  return {
    time: picoseconds(time),
    bytes: bytes(total),
    rate: bytesPerSecond((total * 1e12) / time),
    limitedBy: tightest?.resource ?? slowest.bound.limitedBy,
  };
}

/** What the flow asks of things that others may ask too; the depth of its workload is its own. */
const sharedDemands = ({ bound, transfers }: BoundedFlow): readonly Demand[] =>
  bound.demands
    .filter(({ resource }) => !resource.startsWith('depth:'))
    .map((demand) => ({ ...demand, busy: demand.busy * transfers }));
