import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonSchema, SCHEMA_NAMES } from '../../src/system/json-schema.ts';

describe('the JSON Schema for editors', () => {
  it.each(SCHEMA_NAMES)('schema/%s.json is what the code says', (name) => {
    const stored = readFileSync(join(import.meta.dirname, '../../schema', `${name}.json`), 'utf8');
    const same = stored === jsonSchema(name);
    expect(same, `schema/${name}.json is out of date; run "npm run schema" and commit the result`).toBe(true);
  });
});
