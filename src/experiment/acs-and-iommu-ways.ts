import type { AddressKind } from '../pcie/address-kind.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import { verdict } from '../policy/verdict.ts';
import { flowRoutes } from '../routing/flow-routes.ts';
import type { System } from '../system/system.ts';
import { bytes } from '../units.ts';
import type { AcsCase } from './acs-and-iommu-cases.ts';

/** What the kernel says of a case, and where the hardware turns its requests and their completions. */
export interface AcsWays {
  readonly verdict: string;
  readonly address: string;
  /** `refused` by the kernel, or `blocked` by a port. */
  readonly requests: string;
  /** Completions without Relaxed Ordering. */
  readonly completions: string;
}

/** Devices with ATS send translated requests wherever they were given an address that the IOMMU translates. */
function turns(system: System, { from, to, ats }: AcsCase, address: AddressKind) {
  const addressType = ats && address === 'IOVA' ? 'translated' : 'untranslated';
  const size = bytes(1);
  const routes = flowRoutes(system, { op: 'read', from: to, to: from, size, address, addressType });
  if ('reason' in routes) return { requests: 'blocked', completions: 'blocked' };
  return { requests: routes.request.turn, completions: routes.completion?.turn ?? 'none' };
}

/** Ways of a case; `system` is the case's own. Throws RangeError for devices that it does not have. */
export function acsWays(system: System, profile: KernelProfile, each: AcsCase): AcsWays {
  const { mapType, address } = verdict(system, each.to, each.from, profile);
  if (address === null)
    return { verdict: mapType, address: 'none', requests: 'refused', completions: 'refused' };
  return { verdict: mapType, address, ...turns(system, each, address) };
}
