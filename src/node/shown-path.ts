import { isAbsolute, relative } from 'node:path';

/** A file's path for messages: from the working directory where it is below it, else as it is. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') || isAbsolute(near) ? path : near;
}
