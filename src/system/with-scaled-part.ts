import { deepFreeze } from './deep-freeze.ts';
import type { Part } from './part.ts';
import { scaledPart } from './scaled-part.ts';
import type { System, SystemNode } from './system.ts';

/** A number of a part, by the part's name and the path of its provenance, and what it is multiplied by. */
export interface NumberChange {
  readonly part: string;
  readonly path: string;
  readonly factor: number;
}

/** Each part once: the same object for the same one. */
function changer({ part: name, path, factor }: NumberChange): <P extends Part>(part: P) => P {
  const known = new Map<Part, Part>();
  return <P extends Part>(part: P): P => {
    if (part.name !== name) return part;
    const changed = known.get(part) ?? scaledPart(part, path, factor) ?? part;
    known.set(part, changed);
    return changed as P;
  };
}

/**
 * The system with a number of a part changed wherever the part occurs, as `scaledPart` does it; the system itself where that
 * changes nothing. Throws RangeError for a path that is none.
 */
export function withScaledPart(system: System, change: NumberChange): System {
  const changed = changer(change);
  let same = true;
  const withPart = <T extends { readonly part: Part }>(holder: T): T => {
    const part = changed(holder.part);
    if (part === holder.part) return holder;
    same = false;
    return { ...holder, part };
  };
  const sockets = system.sockets.map(withPart);
  const nodes = Object.entries(system.nodes).map(([id, node]): [string, SystemNode] => [
    id,
    'part' in node ? withPart(node) : node,
  ]);
  return same ? system : deepFreeze({ ...system, sockets, nodes: Object.fromEntries(nodes) });
}
