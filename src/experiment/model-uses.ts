import type { NumberKind, Part } from '../system/part.ts';
import type { System } from '../system/system.ts';
import type { ModelUse } from './run-result.ts';

/** Every part that a system is made of, once, in tree order. */
export function partsOf(system: System): readonly Part[] {
  const parts = new Map<string, Part>();
  for (const { part } of system.sockets) parts.set(part.name, part);
  for (const node of Object.values(system.nodes)) if ('part' in node) parts.set(node.part.name, node.part);
  return [...parts.values()];
}

/** How well founded the numbers are that a system's results rest on. */
export function modelUses(system: System): readonly ModelUse[] {
  return partsOf(system).map(({ name, provenance }) => {
    const numbers: Record<NumberKind, number> = { stated: 0, measured: 0, inferred: 0, assumed: 0 };
    for (const { kind } of provenance) numbers[kind]++;
    return { part: name, numbers };
  });
}
