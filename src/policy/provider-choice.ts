import type { System } from '../system/system.ts';
import type { Client } from './client-function.ts';
import { distanceMany } from './distance-many.ts';
import type { P2pMemory } from './p2p-memory.ts';

/** Which provider the kernel takes for some clients. */
export interface ProviderChoice {
  /** The one that was drawn among `equals`; null where no published memory can be reached by all clients. */
  readonly chosen: string | null;
  /** Providers at the smallest sum of distances, in the order of the system. */
  readonly equals: readonly string[];
  /** That sum, in hops as the kernel counts them; null where none is chosen. */
  readonly distance: number | null;
}

/** The kernel keeps pointers to equals, of 8 B each, in one page of 4 KiB. */
const MOST_EQUALS = 4096 / 8;

/** Who looks for memory, and how one of `count` equals is drawn: a number from 0 to below `count`, all alike. */
export interface ProviderSearch {
  readonly clients: readonly Client[];
  draw(count: number): number;
}

/**
 * The published provider that the kernel finds for some clients: nearest by the sum of distances, drawn among all that are equally
 * near (512 at most). Throws RangeError for functions that the system does not have. Source: Linux `pci_p2pmem_find_many`
 * (drivers/pci/p2pdma.c); kernel-p2pdma, section 1.6.
 */
export function chooseProvider(
  memory: P2pMemory,
  system: System,
  { clients, draw }: ProviderSearch,
): ProviderChoice {
  const scores = memory
    .published(system)
    .map((provider) => ({ provider, distance: distanceMany(memory, system, { provider, clients }) }))
    .filter(({ distance }) => distance >= 0);
  if (scores.length === 0) return { chosen: null, equals: [], distance: null };
  const smallest = Math.min(...scores.map(({ distance }) => distance));
  const equals = scores
    .filter(({ distance }) => distance === smallest)
    .slice(0, MOST_EQUALS)
    .map(({ provider }) => provider);
  return { chosen: equals[draw(equals.length)] ?? null, equals, distance: smallest };
}
