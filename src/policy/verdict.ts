import type { AddressKind } from '../pcie/address-kind.ts';
import type { System } from '../system/system.ts';
import { addressFor } from './address.ts';
import { type Decision, decide } from './decision.ts';
import { type HostBridgeSide, hostBridgeSide } from './host-bridge-side.ts';
import { kernelLog } from './kernel-log.ts';
import type { KernelProfile } from './kernel-profile.ts';
import type { MapClass } from './map-class.ts';
import type { MapType } from './map-type.ts';
import { messagesFor } from './messages.ts';
import { reasonFor } from './reason.ts';

export type { MapType } from './map-type.ts';

/** What the kernel decides for a provider (owner of the BAR) and a client (the device that issues the DMA). */
export interface Verdict {
  readonly provider: string;
  readonly client: string;
  /** Where the kernel tells classes of TLPs apart, that of the strict one. */
  readonly mapType: MapType;
  /** Map types by class of TLPs; null of a kernel that does not tell them apart. */
  readonly classes: Readonly<Record<MapClass, MapType>> | null;
  /** Hops as the kernel counts them; also computed where refused. */
  readonly distance: number;
  /** What the client is given; null where refused. */
  readonly address: AddressKind | null;
  /** Functions whose ACS redirect counts, in the kernel's printing order. */
  readonly redirects: readonly string[];
  /** Host bridges of both sides, whether or not they decide: the kernel does not always tell which they are. */
  readonly hostBridges: { readonly provider: HostBridgeSide; readonly client: HostBridgeSide };
  /** Messages that the kernel prints when asked verbosely, by the ids of the vectors. */
  readonly messages: readonly string[];
  /** The same as lines of text. */
  readonly kernelLog: readonly string[];
  /** One sentence for people: why, with the ids of the host bridges where they decided. */
  readonly reason: string;
}

function hostBridgesOf({ findings }: Decision['permission']): Verdict['hostBridges'] {
  const [provider, client = provider] = findings;
  return { provider: hostBridgeSide(provider), client: hostBridgeSide(client) };
}

/**
 * The kernel's answer to "may `client` reach the memory of `provider`, and by which kind of address?". Both may be any
 * function of the system, bridges included, and the same one. Refusal is an answer; RangeError where an id is not a
 * function of the system. Source: Linux `calc_map_type_and_dist` (drivers/pci/p2pdma.c); kernel-p2pdma, section 1.
 */
export function verdict(system: System, provider: string, client: string, profile: KernelProfile): Verdict {
  const decision = decide(system, profile, { provider, client });
  const { mapType, classes, path, permission } = decision;
  const messages = messagesFor(profile, decision);
  return {
    provider,
    client,
    mapType,
    classes,
    distance: path.distance,
    address: addressFor(mapType, system.iommu.mode),
    redirects: path.redirects,
    hostBridges: hostBridgesOf(permission),
    messages,
    kernelLog: kernelLog(system, decision, messages),
    reason: reasonFor(system, profile, decision),
  };
}
