import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modelsFolder } from '../node/models-folder.ts';

/** The version of this package. */
export function version(): string {
  const file = join(dirname(dirname(modelsFolder('systems'))), 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
