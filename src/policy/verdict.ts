import type { AddressKind } from '../pcie/address-kind.ts';
import { hostBridgeOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { addressFor } from './address.ts';
import { type HostBridgePermission, hostBridgePermission } from './host-bridge-permission.ts';
import type { KernelProfile } from './kernel-profile.ts';
import type { MapType } from './map-type.ts';
import { messagesFor } from './messages.ts';
import { reasonFor } from './reason.ts';
import { type TestedPath, testedPath } from './tested-path.ts';

export type { MapType } from './map-type.ts';

/** What the kernel decides for a provider (owner of the BAR) and a client (the device that issues the DMA). */
export interface Verdict {
  readonly provider: string;
  readonly client: string;
  readonly mapType: MapType;
  /** Hops as the kernel counts them; also computed where refused. */
  readonly distance: number;
  /** What the client is given; null where refused. */
  readonly address: AddressKind | null;
  /** Functions with ACS redirect on the tested path, in the kernel's printing order. */
  readonly redirects: readonly string[];
  /** Messages that the kernel prints when asked verbosely, by the ids of the vectors. */
  readonly messages: readonly string[];
  /** One sentence for people: why, with the ids of the host bridges where they decided. */
  readonly reason: string;
}

function mapTypeOf(path: TestedPath, permission: HostBridgePermission): MapType {
  if (path.common !== null && path.redirects.length === 0) return 'BUS_ADDR';
  return permission.allowed ? 'THRU_HOST_BRIDGE' : 'NOT_SUPPORTED';
}

/**
 * The kernel's answer to "may `client` reach the memory of `provider`, and by which kind of address?". Both may be any
 * function of the system, bridges included, and the same one. Refusal is an answer; RangeError where an id is not a
 * function of the system. Source: Linux `calc_map_type_and_dist` (drivers/pci/p2pdma.c); kernel-p2pdma, section 1.
 */
export function verdict(system: System, provider: string, client: string, profile: KernelProfile): Verdict {
  const path = testedPath(system, provider, client);
  const sides = [hostBridgeOf(system, provider), hostBridgeOf(system, client)] as const;
  const permission = hostBridgePermission(system, profile, sides);
  const mapType = mapTypeOf(path, permission);
  return {
    provider,
    client,
    mapType,
    distance: path.distance,
    address: addressFor(mapType, system.iommu.mode),
    redirects: path.redirects,
    messages: messagesFor(mapType, path, permission),
    reason: reasonFor(system, profile, { provider, client, mapType, path, permission }),
  };
}
