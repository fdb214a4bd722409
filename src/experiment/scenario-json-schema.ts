import * as z from 'zod';
import { scenarioSchema } from './scenario-schema.ts';

/** JSON Schema of a scenario as it is written, for completion in editors; text with a final newline. */
export function scenarioJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    target: 'draft-7',
    reused: 'ref',
  });
  return `${JSON.stringify({ $schema, title: 'A scenario of hairpin', ...rest }, null, 2)}\n`;
}
