import type { NumberKind, Part } from '../system/part.ts';
import type { System } from '../system/system.ts';
import type { ModelUse } from './run-result.ts';

/** Every part that some systems are made of, once, in the order of the systems and in tree order. */
export function partsOf(...systems: readonly System[]): readonly Part[] {
  const parts = new Map<string, Part>();
  const add = (part: Part): void => void (parts.has(part.name) || parts.set(part.name, part));
  for (const { sockets, nodes } of systems) {
    for (const { part } of sockets) add(part);
    for (const node of Object.values(nodes)) if ('part' in node) add(node.part);
  }
  return [...parts.values()];
}

/** How well founded the numbers are that the results of some systems rest on. */
export function modelUses(...systems: readonly System[]): readonly ModelUse[] {
  return partsOf(...systems).map(({ name, provenance }) => {
    const numbers: Record<NumberKind, number> = { stated: 0, measured: 0, inferred: 0, assumed: 0 };
    for (const { kind } of provenance) numbers[kind]++;
    return { part: name, numbers };
  });
}
