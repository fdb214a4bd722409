import { socketOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { modelUses } from './model-uses.ts';
import type { ModelUse } from './run-result.ts';

/** The part that a hop of a route goes through: a root port and a memory belong to their socket's CPU. */
function partAt(system: System, hop: string): string | null {
  const node = system.nodes[hop];
  if (node?.kind === 'root_port' || hop.startsWith('mem:')) return socketOf(system, hop).part.name;
  if (node?.kind === 'switch_down') return partAt(system, node.parent);
  return node && 'part' in node ? node.part.name : null;
}

/** How well founded the numbers of the parts on a way are; the system's other parts are left out. */
export function explainModels(system: System, hops: readonly string[]): readonly ModelUse[] {
  const parts = new Set(hops.map((hop) => partAt(system, hop)));
  return modelUses(system).filter(({ part }) => parts.has(part));
}
