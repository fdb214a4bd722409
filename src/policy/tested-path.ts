import { chain } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { redirects } from './redirect.ts';

/** What Linux finds when it walks from provider and client upwards. */
export interface TestedPath {
  /** The nearest function on both chains; null where the two meet in no bridge. */
  readonly common: string | null;
  /** Hops to the common function from both sides; without one, the functions of both chains. */
  readonly distance: number;
  /** Redirecting functions: provider's chain with the common function, then client's chain. Empty without a common one. */
  readonly redirects: readonly string[];
}

/**
 * Walks the chains of provider and client to their nearest common function. Nothing above it is looked at, and where
 * there is none no redirect counts. Source: Linux `calc_map_type_and_dist`; kernel-p2pdma 1.2.
 */
export function testedPath(system: System, provider: string, client: string): TestedPath {
  const above = chain(system, provider);
  const other = chain(system, client);
  const index = above.findIndex((node) => other.includes(node));
  const common = above[index];
  if (!common) return { common: null, distance: above.length + other.length, redirects: [] };
  const otherIndex = other.indexOf(common);
  const tested = [...above.slice(0, index + 1), ...other.slice(0, otherIndex)];
  return {
    common: common.id,
    distance: index + otherIndex,
    redirects: tested.filter(redirects).map((node) => node.id),
  };
}
