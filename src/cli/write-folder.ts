import { mkdirSync, renameSync, rmdirSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { ModelError } from '../system/model-error.ts';

/** Contents by file name. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

function refuse(folder: string, expected: string, got: string): never {
  const remedy = 'choose another folder with -o';
  throw new ModelError({ file: folder, position: null, path: [], expected, got, remedy });
}

/** Undefined where nothing is there; below a file nothing can be. */
function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Throws ModelError where something that is no folder stands in the way; asked before a long run. */
export function checkFolder(folder: string): void {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const stat = statusOf(path);
    if (stat?.isDirectory() || dirname(path) === path) return;
    if (stat) refuse(folder, 'a folder', path === resolve(folder) ? 'a file' : `the file ${path} on its way`);
  }
}

/** Files that are not in their place yet. */
class Drafts {
  private readonly folder: string;
  private readonly drafts = new Map<string, string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  write(name: string, content: string | Uint8Array): void {
    const draft = join(this.folder, `.${name}.${process.pid}.part`);
    this.drafts.set(draft, join(this.folder, name));
    writeFileSync(draft, content);
  }

  publish(): void {
    for (const [draft, file] of this.drafts) renameSync(draft, file);
  }

  discard(): void {
    for (const draft of this.drafts.keys()) if (statusOf(draft)) rmSync(draft);
  }
}

/** The folders that were not there, the outermost first. */
function makeFolder(folder: string): readonly string[] {
  const outermost = mkdirSync(folder, { recursive: true });
  if (outermost === undefined) return [];
  const made = [folder];
  for (let path = folder; path !== outermost; ) made.unshift((path = dirname(path)));
  return made;
}

/** Of what makes renaming fail, what can be seen before. */
function checkNames(folder: string, names: Iterable<string>): void {
  for (const name of names) {
    if (statusOf(join(folder, name))?.isDirectory())
      refuse(folder, `a file ${name}, or none`, 'a folder of that name');
  }
}

function write(folder: string, files: Files): void {
  checkNames(folder, files.keys());
  const made = makeFolder(folder);
  const drafts = new Drafts(folder);
  try {
    for (const [name, content] of files) drafts.write(name, content);
    drafts.publish();
  } catch (error) {
    drafts.discard();
    for (const path of made.toReversed()) rmdirSync(path);
    throw error;
  }
}

/** 128 and the number of SIGINT. */
const interrupted = (): void => process.exit(130);

/**
 * Writes all files or none: each first under another name, then all are renamed. An interrupt (Ctrl-C) waits until that is
 * done. Throws ModelError where the folder cannot be written.
 */
export function writeFolder(folder: string, files: Files): void {
  process.once('SIGINT', interrupted);
  try {
    write(resolve(folder), files);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse(folder, 'a folder that can be written', message);
  } finally {
    // A signal that came meanwhile is handled on the next turn of the event loop.
    setImmediate(() => process.off('SIGINT', interrupted));
  }
}
