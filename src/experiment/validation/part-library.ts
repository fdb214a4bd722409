import { partCatalogue } from '../../system/part-catalogue.ts';
import type { Part } from '../../system/part.ts';
import type { PartLibrary } from './platform-system.ts';

/** A library of these parts; `partOf` throws RangeError for a name that is none of theirs. */
export function partLibrary(parts: readonly Part[]): PartLibrary {
  const byName = new Map(parts.map((part) => [part.name, part]));
  return {
    catalogue: partCatalogue(parts),
    partOf(name) {
      const part = byName.get(name);
      if (part === undefined) throw new RangeError(`there are ${[...byName.keys()].join(', ')}`);
      return part;
    },
  };
}
