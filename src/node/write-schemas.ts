import { writeFileSync } from 'node:fs';
import { scenarioJsonSchema } from '../experiment/scenario-json-schema.ts';
import { jsonSchema, SCHEMA_NAMES } from '../system/json-schema.ts';

/** Writes `schema/*.json` anew; run as `npm run schema` in the package's root after a change of the model files' form. */
for (const name of SCHEMA_NAMES) writeFileSync(`schema/${name}.json`, jsonSchema(name));
writeFileSync('schema/scenario.json', scenarioJsonSchema());
