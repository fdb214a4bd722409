import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** A folder of `models/` in this package, from the sources and from `dist/` alike. */
export const modelsFolder = (name: 'devices' | 'systems' | 'kernels' | 'measurements'): string =>
  join(packageRoot(), 'models', name);

/** Names of the YAML files in a folder of `models/`, by path without `.yaml`, in alphabetical order. */
export function listModels(name: Parameters<typeof modelsFolder>[0]): readonly string[] {
  return readdirSync(modelsFolder(name), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => path.slice(0, -'.yaml'.length).replaceAll('\\', '/'))
    .sort();
}
