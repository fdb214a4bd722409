import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closeNames } from '../system/close-names.ts';
import { ModelError } from '../system/model-error.ts';
import { parseSystem } from '../system/parse-system.ts';
import type { Part } from '../system/part.ts';
import type { System } from '../system/system.ts';
import { loadPart } from './load-part.ts';
import { listModels, modelsFolder } from './models-folder.ts';
import { readText } from './read-text.ts';
import { shownPath } from './shown-path.ts';

/** Names of all systems of this package, such as `wrx90-2sw-flat`. */
export const listSystems = (): readonly string[] => listModels('systems');

/** File of a system: a name from `models/systems`, else a path. */
function systemFile(nameOrPath: string): string {
  const known = listSystems();
  if (known.includes(nameOrPath)) return join(modelsFolder('systems'), `${nameOrPath}.yaml`);
  if (existsSync(nameOrPath)) return nameOrPath;
  const close = closeNames(nameOrPath, known);
  const remedy = close.length > 0 ? `did you mean ${close.join(' or ')}?` : `there are ${known.join(', ')}`;
  const expected = 'a file, or the name of a system in models/systems';
  throw new ModelError({ file: nameOrPath, position: null, path: [], expected, got: 'neither', remedy });
}

/** A system by its name in `models/systems` or by the path of its file. Throws ModelError. */
export function loadSystem(nameOrPath: string): System {
  const file = systemFile(nameOrPath);
  const parts = new Map<string, Part>();
  return parseSystem(readText(file), shownPath(file), (name) => {
    const part = parts.get(name) ?? loadPart(name, dirname(file));
    parts.set(name, part);
    return part;
  });
}
