import type { System, SystemNode } from '../../../src/system/system.ts';
import { parseBytes, parseRate, parseTime } from '../../../src/units.ts';

/** Other values for some fields of a part, nested as in `Part`; quantities are text with a unit. */
export type Changes = { readonly [field: string]: string | number | null | Changes };

const PARSERS = [parseTime, parseBytes, parseRate];

/** A quantity in internal units; a word without a number stays as it is. */
function valueOf(text: string): string | number {
  if (!/^\d/.test(text)) return text;
  for (const parse of PARSERS) {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new RangeError(`"${text}" is no time, size or rate`);
}

function ofKind(change: Exclude<Changes[string], string | number | null>): object {
  const entries = Object.entries(change).map(([name, inner]) => [
    name,
    typeof inner === 'string' ? valueOf(inner) : inner,
  ]);
  return Object.fromEntries(entries);
}

function changed(value: unknown, change: Changes[string]): unknown {
  if (typeof change === 'string') return valueOf(change);
  if (typeof change !== 'object' || change === null) return change;
  // A value of another kind replaces the old one: its fields are not those of the old kind.
  if ('kind' in change) return ofKind(change);
  const fields = Object.entries(change).map(([name, inner]) => {
    const before = (value as Record<string, unknown>)[name];
    if (before === undefined) throw new RangeError(`a part has no ${name}`);
    return [name, changed(before, inner)];
  });
  return { ...(value as object), ...Object.fromEntries(fields) };
}

/** The system with other numbers in the parts that are named. */
export function withNumbers(system: System, changes: Readonly<Record<string, Changes>>): System {
  const names = new Set<string>();
  const withPart = <T extends { readonly part: { readonly name: string } }>(owner: T): T => {
    const change = changes[owner.part.name];
    if (change === undefined) return owner;
    names.add(owner.part.name);
    return { ...owner, part: changed(owner.part, change) };
  };
  const nodes = Object.entries(system.nodes).map(([id, node]): [string, SystemNode] => [
    id,
    'part' in node ? withPart(node) : node,
  ]);
  const result = { ...system, sockets: system.sockets.map(withPart), nodes: Object.fromEntries(nodes) };
  const unused = Object.keys(changes).find((name) => !names.has(name));
  if (unused !== undefined) throw new RangeError(`${system.name} has no part ${unused}`);
  return result;
}
