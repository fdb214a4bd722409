import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as core from '../../src/index.ts';
import * as node from '../../src/node/index.ts';

/** Values with their kind and number of parameters, then the types that a face exports. */
function report(face: Readonly<Record<string, unknown>>, file: string): string {
  const values = Object.entries(face).map(([name, value]) =>
    typeof value === 'function' ? `${name}: function of ${value.length}` : `${name}: ${typeof value}`,
  );
  const source = readFileSync(join(import.meta.dirname, '../../src', file), 'utf8');
  const statements = [...source.matchAll(/export (type )?\{([^}]*)\}/g)];
  const types = statements.flatMap(([, all, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && (all !== undefined || name.startsWith('type ')))
      .map((name) => `${name.replace(/^type /, '')}: type`),
  );
  return `${[...values, ...types].sort().join('\n')}\n`;
}

it('the face of the library is the one on record; a change of it needs a line in CHANGELOG.md', async () => {
  await expect(report(core, 'index.ts')).toMatchFileSnapshot('api/hairpin.txt');
  await expect(report(node, 'node/index.ts')).toMatchFileSnapshot('api/hairpin-node.txt');
});
