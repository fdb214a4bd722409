import { type FlowSpec, rolesOf } from '../dma/flow-spec.ts';
import { grantedTransfer } from '../dma/granted-transfer.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import { boundOfAlternatives } from '../routing/alternatives-bound.ts';
import { type Bound, boundOf } from '../routing/bound.ts';
import { type BoundedFlow, boundOfFlows } from '../routing/flows-bound.ts';
import type { System } from '../system/system.ts';

/**
 * Closed-form bound, in GB/s, of all bytes over the time that flows take together, each with a number of transfers; null where
 * one of them is refused, has no bound or no end.
 */
export function boundOfRun(
  system: System,
  profile: KernelProfile,
  flows: readonly FlowSpec[],
): number | null {
  const bounded: BoundedFlow[] = [];
  for (const flow of flows) {
    const bound = flowBound(system, profile, flow);
    if (bound === null || flow.transfers === null) return null;
    bounded.push({ bound, transfers: flow.transfers });
  }
  return boundOfFlows(bounded).rate / 1e9;
}

function flowBound(system: System, profile: KernelProfile, flow: FlowSpec): Bound | null {
  const { targets } = rolesOf(flow);
  const bounds: Bound[] = [];
  for (const target of targets) {
    const transfer = grantedTransfer({ system, profile }, flow, target);
    if ('refused' in transfer) return null;
    const result = boundOf(system, transfer);
    if (result.kind === 'none') return null;
    bounds.push(result.bound);
  }
  return boundOfAlternatives(bounds);
}
