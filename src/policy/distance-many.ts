import type { System } from '../system/system.ts';
import { type Client, clientFunction } from './client-function.ts';
import type { P2pMemory } from './p2p-memory.ts';

/** How far a provider is from all of several clients. */
export interface DistanceQuestion {
  readonly provider: string;
  readonly clients: readonly Client[];
  /** Whether clients behind a refused one are asked about too, as their warnings are wanted; not unless given. */
  readonly verbose?: boolean;
}

/** What the kernel returns for a sum that cannot be had. */
const NONE = -1;

/**
 * The sum of the distances of a provider from its clients, in hops as the kernel counts them; -1 without clients, with a
 * refused one, or with one that neither is a function nor has one above it, behind which no client is asked about. What is
 * computed is remembered by `memory`. Throws RangeError for functions that the system does not have. Source: Linux
 * `pci_p2pdma_distance_many` (drivers/pci/p2pdma.c); kernel-p2pdma, section 1.6.
 */
export function distanceMany(memory: P2pMemory, system: System, question: DistanceQuestion): number {
  const { provider, clients, verbose = false } = question;
  let [sum, refused] = [0, clients.length === 0];
  for (const client of clients) {
    const id = clientFunction(system, client);
    if (id === null) return NONE;
    const { mapType, distance } = memory.ask(system, provider, id);
    refused ||= mapType === 'NOT_SUPPORTED';
    if (refused && !verbose) return NONE;
    sum += distance;
  }
  return refused ? NONE : sum;
}
