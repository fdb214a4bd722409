import type { Assembly } from '../fabric/assemble.ts';
import { requestHeaderBytes } from '../pcie/wire.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import { completerRule } from '../routing/completer-rule.ts';
import { deviceOf } from '../routing/ends.ts';
import { type FlowRoutes, flowRoutes } from '../routing/flow-routes.ts';
import { requestLimit } from '../routing/transfer-shape.ts';
import type { TransferSpec } from '../routing/transfer-spec.ts';
import type { System } from '../system/system.ts';
import { bytes, picoseconds } from '../units.ts';
import type { DestinationPlan, EnginePlan, FlowPlan, Load } from './flow-plan.ts';
import { PageCount } from './page-count.ts';
import { type FlowSpec, rolesOf } from './flow-spec.ts';
import { grantedTransfer } from './granted-transfer.ts';

/** A flow that will not run, and why: the kernel refuses the mapping, or a port on the way ends its TLPs. */
export interface RefusedFlow {
  readonly spec: FlowSpec;
  readonly reason: string;
}

/** The ways that a flow's TLPs take to one target, and back. */
export interface Destination extends FlowRoutes {
  readonly target: string;
  readonly transfer: TransferSpec;
}

export interface AcceptedFlow {
  readonly spec: FlowSpec;
  readonly plan: FlowPlan;
  readonly destinations: readonly Destination[];
}

export interface PlannedFlows {
  readonly accepted: readonly AcceptedFlow[];
  readonly refused: readonly RefusedFlow[];
  readonly engines: readonly EnginePlan[];
}

interface Context {
  readonly system: System;
  readonly profile: KernelProfile;
  readonly assembly: Assembly;
}

/**
 * Decides for each flow whether and by which address it may run, finds its ways, and takes its parts' numbers. Throws
 * RangeError for ends that are not of the system or cannot do what is asked.
 */
export function planFlows(context: Context, specs: readonly FlowSpec[]): PlannedFlows {
  const pages = new PageCount(context.system);
  const planned = specs.map((spec) => planFlow(context, spec, pages));
  const accepted = planned.filter((flow) => 'plan' in flow);
  const initiators = new Set(accepted.map(({ spec }) => rolesOf(spec).initiator));
  return {
    accepted,
    refused: planned.filter((flow) => 'reason' in flow),
    engines: [...initiators].map((id) => engineOf(context, id)),
  };
}

function planFlow(context: Context, spec: FlowSpec, pages: PageCount): AcceptedFlow | RefusedFlow {
  if (spec.invalidateEvery !== null && spec.invalidateEvery <= 0)
    throw new RangeError(
      `flow ${spec.id} invalidates every ${spec.invalidateEvery} ps; give it a longer time`,
    );
  const { initiator, targets } = rolesOf(spec);
  deviceOf(context.system, initiator);
  const destinations: Destination[] = [];
  for (const target of targets) {
    const destination = destinationOf(context, spec, target);
    if ('reason' in destination) return { spec, reason: destination.reason };
    destinations.push(destination);
  }
  return { spec, plan: flowPlan(context, { spec, destinations, pages }), destinations };
}

function destinationOf(
  { system, profile }: Context,
  spec: FlowSpec,
  target: string,
): Destination | { reason: string } {
  const { initiator } = rolesOf(spec);
  if (target === initiator)
    throw new RangeError(`${target} cannot be both ends of flow ${spec.id}: no TLP leaves it`);
  const transfer = grantedTransfer({ system, profile }, spec, target);
  if ('refused' in transfer) return { reason: transfer.refused };
  const routes = flowRoutes(system, transfer);
  return 'reason' in routes ? routes : { target, transfer, ...routes };
}

interface Planning {
  readonly spec: FlowSpec;
  readonly destinations: readonly Destination[];
  readonly pages: PageCount;
}

function destinationPlan(
  { system, assembly: { ways } }: Context,
  { spec, pages }: Planning,
  { target, transfer, request, completion }: Destination,
): DestinationPlan {
  const { initiator } = rolesOf(spec);
  const { rcb, chunk, latency } = completerRule(system, transfer);
  const own = pages.next(transfer, spec.region ?? spec.size);
  const asked = transfer.addressType === 'translated' ? ways.translations(initiator) : null;
  return {
    requestWay: ways.of(request, completion ? 'nonposted' : 'posted'),
    completionWay: completion ? ways.of(completion, 'completion') : [],
    completer: ways.endpoint(target, initiator),
    completerLatency: picoseconds(latency),
    rcb: bytes(rcb),
    completionChunk: bytes(chunk),
    pages: asked === null ? own : null,
    ats: own && asked && { ...asked, pages: own },
  };
}

function flowPlan(context: Context, planning: Planning): FlowPlan {
  const {
    system,
    assembly: { ways },
  } = context;
  const { spec, destinations } = planning;
  const { initiator } = rolesOf(spec);
  const limits = destinations.map(({ transfer }) => requestLimit(system, transfer));
  return {
    id: spec.id,
    op: spec.op,
    initiator: ways.endpoint(initiator, initiator),
    destinations: destinations.map((destination) => destinationPlan(context, planning, destination)),
    spread: spec.spread,
    size: spec.size,
    region: spec.region ?? spec.size,
    access: spec.access,
    transfers: spec.transfers ?? Number.POSITIVE_INFINITY,
    load: loadOf(spec),
    start: spec.start,
    invalidateEvery: spec.invalidateEvery,
    chunk: bytes(Math.min(...limits)),
    headerBytes: requestHeaderBytes(deviceOf(system, initiator).part.dma.headerDoubleWords),
    relaxedOrdering: spec.relaxedOrdering,
    idBasedOrdering: spec.idBasedOrdering,
  };
}

function loadOf({ rate, size, depth, driven }: FlowSpec): Load {
  if (driven) return { kind: 'driven' };
  return rate === null
    ? { kind: 'closed', depth }
    : { kind: 'open', meanGap: picoseconds((size * 1e12) / rate) };
}

function engineOf({ system, assembly }: Context, id: string): EnginePlan {
  const { dma, ats } = deviceOf(system, id).part;
  return {
    endpoint: assembly.ways.endpoint(id, id),
    issueGap: dma.issueGap,
    writeGap: dma.writeGap,
    writeSetup: dma.writeSetup,
    landing: dma.landing,
    tags: dma.tags,
    outstandingBytes: dma.outstandingBytes ?? Number.POSITIVE_INFINITY,
    copiesInFlight: dma.copiesInFlight ?? Number.POSITIVE_INFINITY,
    granularity: dma.granularity,
    order: dma.order,
    translations: ats.entries ?? 0,
  };
}
