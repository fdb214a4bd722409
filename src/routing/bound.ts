import type { System } from '../system/system.ts';
import { type Bytes, type BytesPerSecond, bytesPerSecond, type Picoseconds, picoseconds } from '../units.ts';
import { channelDemands } from './channel-demands.ts';
import { creditDemands } from './credit-demands.ts';
import { type Demand, demandTime, mergeDemands } from './demand.ts';
import { deviceOf } from './ends.ts';
import { engineDemands } from './engine-demands.ts';
import type { FlowRoutes } from './flow-routes.ts';
import { type FlowWays, flowWays } from './flow-ways.ts';
import { rolesOf, type TransferSpec } from './transfer-spec.ts';

/** The rate that one resource allows a flow in the long run. */
export interface Constraint {
  readonly resource: string;
  readonly rate: BytesPerSecond;
}

/** The closed-form bound of one flow, alone in the machine: plain data. */
export interface Bound {
  readonly spec: TransferSpec;
  readonly routes: FlowRoutes;
  /** From the tightest to the loosest; of equal ones the first on the way. Empty where nothing limits. */
  readonly constraints: readonly Constraint[];
  /** Resource of the tightest constraint: where the flow is expected to wait. */
  readonly limitedBy: string;
  /** What the tightest constraint allows. */
  readonly rate: BytesPerSecond;
  /** From the issue of the transfer's first request to the arrival of its data, unhindered. */
  readonly latency: Picoseconds;
  /** What each transfer asks of each resource; `boundTime` and `boundOfFlows` are made of it. */
  readonly demands: readonly Demand[];
}

export type BoundResult =
  | { readonly kind: 'bound'; readonly bound: Bound }
  | { readonly kind: 'none'; readonly reason: string };

/** Transfers hold one of so many places from first issue to last arrival: copies of a reading engine, the workload's depth. */
function transferDemands(system: System, spec: TransferSpec, demands: readonly Demand[]): readonly Demand[] {
  const { initiator } = rolesOf(spec);
  const alone = demandTime(demands, 1);
  const { copiesInFlight } = deviceOf(system, initiator).part.dma;
  const copies = spec.op === 'write' ? null : copiesInFlight;
  return [
    ...(copies === null
      ? []
      : [{ resource: `copies:${initiator}`, busy: alone / copies, before: 0, after: 0 }]),
    ...(spec.depth === undefined
      ? []
      : [{ resource: `depth:${spec.from}>${spec.to}`, busy: alone / spec.depth, before: 0, after: 0 }]),
  ];
}

const constraintOf = (size: Bytes, { resource, busy }: Demand): Constraint => ({
  resource,
  rate: bytesPerSecond((size * 1e12) / busy),
});

function boundOfWays(system: System, spec: TransferSpec, ways: FlowWays): Bound {
  const device = deviceOf(system, rolesOf(spec).initiator);
  const perTlp = mergeDemands([
    ...channelDemands(ways),
    ...creditDemands(ways),
    ...engineDemands(device, ways),
  ]);
  const demands = [...perTlp, ...transferDemands(system, spec, perTlp)].filter(({ busy }) => busy > 0);
  const constraints = demands
    .map((demand) => constraintOf(spec.size, demand))
    .sort((a, b) => a.rate - b.rate);
  return {
    spec,
    routes: ways.routes,
    constraints,
    limitedBy: constraints[0]?.resource ?? 'none',
    rate: constraints[0]?.rate ?? bytesPerSecond(Number.POSITIVE_INFINITY),
    latency: picoseconds(Math.floor(ways.requests[0]?.done ?? 0)),
    demands,
  };
}

/**
 * What a flow of such transfers can reach at most and what will limit it, by arithmetic alone. Never below what the simulation
 * gives: rounding, DLLPs and queueing only make it slower. A way that a port blocks, or that stays inside one device, has no
 * bound and a reason. Throws RangeError for ends that cannot do what is asked and sizes that are not positive.
 */
export function boundOf(system: System, spec: TransferSpec): BoundResult {
  if (!(spec.size > 0)) throw new RangeError(`a transfer of ${spec.size} B; expected 1 B or more`);
  const ways = flowWays(system, spec);
  if ('reason' in ways) return { kind: 'none', reason: ways.reason };
  return { kind: 'bound', bound: boundOfWays(system, spec, ways) };
}
