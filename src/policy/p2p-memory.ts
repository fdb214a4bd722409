import { nodeOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { type Client, clientFunction } from './client-function.ts';
import type { KernelProfile } from './kernel-profile.ts';
import type { MapType } from './map-type.ts';
import { verdict } from './verdict.ts';
import { VerdictCache } from './verdict-cache.ts';

/**
 * The functions whose drivers have registered memory for peers, published or not, and the map types that the kernel remembers
 * for each. Any function may be asked about, but nothing is remembered of one without registered memory, and no mapping
 * to it is supported. Source: Linux `pci_p2pdma_map_type` and `pci_has_p2pmem` (drivers/pci/p2pdma.c); kernel-p2pdma,
 * section 1.6.
 */
export class P2pMemory {
  private readonly profile: KernelProfile;
  private readonly cache: VerdictCache;
  private readonly registered = new Map<string, { readonly published: boolean }>();

  constructor(profile: KernelProfile) {
    this.profile = profile;
    this.cache = new VerdictCache(profile);
  }

  /** The driver of `provider` registers memory; only published memory is found by those who look for some. */
  register(provider: string, { published }: { readonly published: boolean }): this {
    this.registered.set(provider, { published });
    return this;
  }

  /** The driver of `provider` unbinds: its memory and what is remembered of it are gone. */
  unbind(provider: string): void {
    this.registered.delete(provider);
    this.cache.forget(provider);
  }

  /** Functions with published memory, in the order of the system. Throws RangeError where the system lacks one. */
  published(system: System): readonly string[] {
    const found = [...this.registered].filter(([, { published }]) => published).map(([id]) => id);
    for (const id of found) nodeOf(system, id);
    return Object.keys(system.nodes).filter((id) => found.includes(id));
  }

  /** Distance and map type, computed anew, and remembered where `provider` has registered memory. Throws RangeError. */
  ask(
    system: System,
    provider: string,
    client: string,
  ): { readonly mapType: MapType; readonly distance: number } {
    if (this.registered.has(provider)) return this.cache.ask(system, provider, client);
    const { mapType, distance } = verdict(system, provider, client, this.profile);
    return { mapType, distance };
  }

  /** What a mapping gets: as remembered, else computed; refused without registered memory, or if the client itself is no function. */
  mapType(system: System, provider: string, client: Client): MapType {
    const device = typeof client === 'string' ? client : client.device;
    const isFunction = clientFunction(system, client) === device;
    if (!isFunction || !this.registered.has(provider)) return 'NOT_SUPPORTED';
    return this.cache.mapType(system, provider, device);
  }
}
