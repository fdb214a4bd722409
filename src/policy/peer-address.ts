import type { AddressKind } from '../pcie/address-kind.ts';
import type { System } from '../system/system.ts';
import { addressFor } from './address.ts';
import type { KernelProfile } from './kernel-profile.ts';
import type { MapClass } from './map-class.ts';
import { translationBlockers } from './translation-blockers.ts';
import { type Verdict, verdict } from './verdict.ts';

/** The kind of address by which a device may reach an end, or why it may not. */
export type Permission = { readonly address: AddressKind } | { readonly refused: string };

/** Who reaches into what, and, for kernels that tell them apart, with which class of TLPs: `strict` unless given. */
export interface PeerQuestion {
  readonly from: string;
  readonly to: string;
  readonly class?: MapClass;
}

/** A class is refused alone where Translation Blocking ends its requests. */
function refusal(system: System, { provider, client, mapType, reason }: Verdict): string {
  if (mapType === 'NOT_SUPPORTED') return reason;
  const ports = translationBlockers(system, client, null).join(', ') || client;
  return `ACS Translation Blocking at ${ports} ends translated requests of ${client} to ${provider}; have them untranslated, or clear it.`;
}

/**
 * What the device `from` is given for the memory of `to`: for a peer as the kernel's P2P policy decides, for host memory
 * (`mem:<socket>`) always something, an I/O virtual address where the IOMMU translates. Source: kernel-p2pdma, section 2.
 */
export function peerAddress(system: System, profile: KernelProfile, question: PeerQuestion): Permission {
  const { from, to, class: mapClass = 'strict' } = question;
  if (to.startsWith('mem:')) return { address: system.iommu.mode === 'translate' ? 'IOVA' : 'PHYS' };
  const decided = verdict(system, to, from, profile);
  const address = addressFor(decided.classes?.[mapClass] ?? decided.mapType, system.iommu.mode);
  return address === null ? { refused: refusal(system, decided) } : { address };
}
