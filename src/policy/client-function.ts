import type { System } from '../system/system.ts';

/** Who wants to reach a provider: a function by its id, or a device by its name with those above it, from the nearest up. */
export type Client = string | { readonly device: string; readonly parents: readonly string[] };

/**
 * The function that issues a client's DMA: the client itself, or the nearest device above it that is a function of the system;
 * null for a device without one, such as a platform device. Source: Linux `find_parent_pci_dev` (drivers/pci/p2pdma.c);
 * kernel-p2pdma, section 1.6.
 */
export function clientFunction(system: System, client: Client): string | null {
  if (typeof client === 'string') return client;
  return [client.device, ...client.parents].find((name) => Object.hasOwn(system.nodes, name)) ?? null;
}
