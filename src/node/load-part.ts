import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { closeNames } from '../system/close-names.ts';
import { ModelError } from '../system/model-error.ts';
import { parsePart } from '../system/parse-part.ts';
import type { Part } from '../system/part.ts';
import { listModels, modelsFolder } from './models-folder.ts';
import { readText } from './read-text.ts';
import { shownPath } from './shown-path.ts';

/** Names of all parts of this package, such as `switch/microchip/pm50100`. */
export const listParts = (): readonly string[] => listModels('devices');

const isPath = (name: string): boolean => name.startsWith('./') || name.startsWith('../');

/** File of a part; throws RangeError for a name that is not in `models/devices` and for a path without a file. */
function partFile(name: string, folder: string): string {
  if (isPath(name)) {
    const file = resolve(folder, name);
    if (existsSync(file)) return file;
    throw new RangeError(`there is no file ${shownPath(file)}`);
  }
  const known = listParts();
  if (known.includes(name)) return join(modelsFolder('devices'), `${name}.yaml`);
  const close = closeNames(name, known);
  const hint = close.length > 0 ? `did you mean ${close.join(' or ')}?` : `there are ${known.join(', ')}`;
  throw new RangeError(hint);
}

function textOf(name: string, folder: string): { text: string; file: string } {
  const file = partFile(name, folder);
  return { text: readText(file), file };
}

function shownText(name: string, folder: string): { text: string; file: string } {
  const { text, file } = textOf(name, folder);
  return { text, file: shownPath(file) };
}

/**
 * A part by its name in `models/devices`, or by a path from `folder` that begins with `./` or `../`. Throws RangeError
 * for an unknown name or path and ModelError for a file that is not good.
 */
export function loadPart(name: string, folder: string = process.cwd()): Part {
  const { text, file } = textOf(name, folder);
  const part = parsePart(text, shownPath(file), (base, from) => shownText(base, dirname(from)));
  if (isPath(name) || part.name === name) return part;
  const remedy = 'a part is named by its folder and file';
  throw new ModelError({
    file: shownPath(file),
    position: null,
    path: ['part'],
    expected: name,
    got: part.name,
    remedy,
  });
}
