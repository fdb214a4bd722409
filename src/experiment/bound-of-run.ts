import { type FlowSpec, rolesOf, transferTo } from '../dma/flow-spec.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import { peerAddress } from '../policy/peer-address.ts';
import { boundOfAlternatives } from '../routing/alternatives-bound.ts';
import { type Bound, boundOf } from '../routing/bound.ts';
import { boundOfFlows } from '../routing/flows-bound.ts';
import type { System } from '../system/system.ts';

/**
 * Closed-form bound of flows that run together, each with a number of transfers; null where one of them is refused or has no
 * bound.
 */
export function boundOfRun(
  system: System,
  profile: KernelProfile,
  flows: readonly FlowSpec[],
): number | null {
  const bounded = flows.map((flow) => ({
    bound: flowBound(system, profile, flow),
    transfers: flow.transfers ?? 1,
  }));
  const known = bounded.filter((flow): flow is { bound: Bound; transfers: number } => flow.bound !== null);
  return known.length < flows.length ? null : boundOfFlows(known).rate / 1e9;
}

function flowBound(system: System, profile: KernelProfile, flow: FlowSpec): Bound | null {
  const { initiator, targets } = rolesOf(flow);
  const bounds: Bound[] = [];
  for (const target of targets) {
    const permission = peerAddress(system, profile, { from: initiator, to: target });
    if ('refused' in permission) return null;
    const result = boundOf(system, transferTo(flow, target, permission.address));
    if (result.kind === 'none') return null;
    bounds.push(result.bound);
  }
  return boundOfAlternatives(bounds);
}
