import type { System } from '../system/system.ts';
import type { KernelProfile } from './kernel-profile.ts';
import type { MapType } from './map-type.ts';
import { verdict } from './verdict.ts';

/**
 * The kernel's memory of map types, by provider and client. A question for the distance computes both anew and remembers the
 * map type; one for the map type alone is answered from memory, also when ACS has changed since. A provider that is bound
 * anew has none. Source: Linux `calc_map_type_and_dist` and `pci_p2pdma_map_type` (drivers/pci/p2pdma.c).
 */
export class VerdictCache {
  private readonly profile: KernelProfile;
  private readonly known = new Map<string, Map<string, MapType>>();

  constructor(profile: KernelProfile) {
    this.profile = profile;
  }

  /** Distance and map type, computed from the system as it is now. */
  ask(
    system: System,
    provider: string,
    client: string,
  ): { readonly mapType: MapType; readonly distance: number } {
    const { mapType, distance } = verdict(system, provider, client, this.profile);
    const clients = this.known.get(provider) ?? new Map<string, MapType>();
    this.known.set(provider, clients.set(client, mapType));
    return { mapType, distance };
  }

  /** The map type that is remembered, or else that of the system as it is now. */
  mapType(system: System, provider: string, client: string): MapType {
    return this.known.get(provider)?.get(client) ?? this.ask(system, provider, client).mapType;
  }

  /** The provider is bound to its driver anew. */
  forget(provider: string): void {
    this.known.delete(provider);
  }
}
