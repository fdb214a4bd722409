import { ACS } from '../pcie/acs.ts';
import { chain } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';

/**
 * Ports above a function, up to but without `end` (null: up to the root port), that end its requests with translated
 * addresses: ACS Translation Blocking is set. Without the function itself; none where it is the end. Source: kernel-p2pdma 1.7.
 */
export function translationBlockers(system: System, from: string, end: string | null): readonly string[] {
  const nodes = chain(system, from);
  const stop = end === null ? nodes.length : nodes.findIndex(({ id }) => id === end);
  return nodes
    .slice(1, Math.max(stop, 1))
    .filter(({ acs }) => acs !== null && (acs.control & ACS.TB) !== 0)
    .map(({ id }) => id);
}
