import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseSensitivity, type StoredSensitivity } from '../experiment/sensitivity/parse-sensitivity.ts';
import { packageRoot } from './package-root.ts';
import { readText } from './read-text.ts';

/** Where the moves of an experiment that come with this package are. */
export const sensitivityFile = (name: string): string =>
  join(packageRoot(), 'experiments', 'sensitivity', `${name}.csv`);

/** How far assumed numbers moved an experiment when that was last computed; null where it has not been. */
export function storedSensitivity(name: string): StoredSensitivity | null {
  const file = sensitivityFile(name);
  return existsSync(file) ? parseSensitivity(readText(file)) : null;
}
