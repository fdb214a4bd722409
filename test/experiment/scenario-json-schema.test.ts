import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../src/experiment/scenario-json-schema.ts';

test('schema/scenario.json is what the code says', () => {
  const stored = readFileSync(join(import.meta.dirname, '../../schema/scenario.json'), 'utf8');
  const same = stored === scenarioJsonSchema();
  expect(same, 'schema/scenario.json is out of date; run "npm run schema" and commit the result').toBe(true);
});
