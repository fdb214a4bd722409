import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import fixture from '../fixtures/p2p-policy.json' with { type: 'json' };
import ports from '../fixtures/tlp-port-vectors.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..');
const tests = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');

const vectors = Object.entries(fixture).flatMap(([group, value]) =>
  group.endsWith('Vectors') ? (value as readonly { readonly id: string }[]) : [],
);

test('all 154 vectors of the policy are here, each with an id of its own', () => {
  expect(new Set(vectors.map(({ id }) => id)).size).toBe(154);
});

test('the vectors of single ports are those that are tested', () => {
  expect(ports.vectors).toEqual(fixture.tlpPortVectors);
});

test.each(fixture.lifecycleVectors)('$id, which is in words, has a test of its name', ({ id }) => {
  expect(tests).toContain(`'${id}: `);
});
