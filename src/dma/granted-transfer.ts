import { atsRootPort } from '../fabric/assemble-ats.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import { mapClassOf } from '../policy/map-class.ts';
import { peerAddress } from '../policy/peer-address.ts';
import { providerMemory } from '../policy/provider-memory.ts';
import { deviceOf, isMemory } from '../routing/ends.ts';
import type { TransferSpec } from '../routing/transfer-spec.ts';
import type { System } from '../system/system.ts';
import { type FlowSpec, rolesOf, transferTo } from './flow-spec.ts';

interface Setting {
  readonly system: System;
  readonly profile: KernelProfile;
}

/**
 * A transfer of a flow to one of its targets by the address that its initiator is given, translated beforehand where the
 * device has ATS and the kernel gives it what can be; or why it is refused. Throws RangeError for a target without memory.
 */
export function grantedTransfer(
  { system, profile }: Setting,
  spec: FlowSpec,
  target: string,
): TransferSpec | { readonly refused: string } {
  const { initiator } = rolesOf(spec);
  if (!isMemory(target)) providerMemory(system, deviceOf(system, target).id);
  const translated = atsRootPort(system, initiator) !== null;
  const traits = { relaxedOrdering: spec.relaxedOrdering, translated };
  const plain = system.iommu.mode === 'translate' ? ('IOVA' as const) : ('PHYS' as const);
  const question = { from: initiator, to: target, class: mapClassOf(traits) };
  const permission = spec.asksKernel ? peerAddress(system, profile, question) : { address: plain };
  if ('refused' in permission) return permission;
  const transfer = transferTo(spec, target, permission.address);
  const tells = translated && (permission.address === 'IOVA' || profile.algorithm === 'divergence');
  return tells ? { ...transfer, addressType: 'translated' } : transfer;
}
