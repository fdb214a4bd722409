import { readFileSync, statSync } from 'node:fs';
import { shownPath } from './shown-path.ts';
import { ModelError } from '../system/model-error.ts';
import { MAX_CHARACTERS } from '../system/yaml-document.ts';

function refuse(path: string, expected: string, got: string, remedy: string): never {
  throw new ModelError({ file: shownPath(path), position: null, path: [], expected, got, remedy });
}

function checkFile(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) refuse(path, 'a file', 'nothing there', 'check the path');
  if (stat.isDirectory()) refuse(path, 'a file', 'a folder', 'name a file in it');
  if (stat.size > MAX_CHARACTERS) {
    refuse(path, `at most ${MAX_CHARACTERS} B`, `${stat.size} B`, 'is it the right file?');
  }
}

/** The text of a file in UTF-8; throws ModelError where there is none, it is too large, or it is binary. */
export function readText(path: string): string {
  checkFile(path);
  let data: Buffer;
  try {
    data = readFileSync(path);
  } catch (error) {
    return refuse(path, 'a readable file', (error as Error).message, 'check its permissions');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return refuse(path, 'a text file', 'binary data', 'give a text file in UTF-8');
  }
}
