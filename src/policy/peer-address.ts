import type { AddressKind } from '../pcie/address-kind.ts';
import type { System } from '../system/system.ts';
import type { KernelProfile } from './kernel-profile.ts';
import { verdict } from './verdict.ts';

/** The kind of address by which a device may reach an end, or why it may not. */
export type Permission = { readonly address: AddressKind } | { readonly refused: string };

/**
 * What the device `from` is given for the memory of `to`: for a peer as the kernel's P2P policy decides, for host memory
 * (`mem:<socket>`) always something, an I/O virtual address where the IOMMU translates. Source: kernel-p2pdma, section 2.
 */
export function peerAddress(
  system: System,
  profile: KernelProfile,
  ends: { from: string; to: string },
): Permission {
  if (ends.to.startsWith('mem:')) return { address: system.iommu.mode === 'translate' ? 'IOVA' : 'PHYS' };
  const { address, reason } = verdict(system, ends.to, ends.from, profile);
  return address === null ? { refused: reason } : { address };
}
