import * as z from 'zod';
import { partSchema } from './part-schema.ts';
import { systemSchema } from './system-schema.ts';

const SCHEMAS = {
  system: { title: 'A system of hairpin', schema: systemSchema },
  part: { title: 'A part of hairpin', schema: partSchema },
};

export type SchemaName = keyof typeof SCHEMAS;

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as readonly SchemaName[];

/** JSON Schema of a sort of model file as it is written, for completion in editors; text with a final newline. */
export function jsonSchema(name: SchemaName): string {
  const { title, schema } = SCHEMAS[name];
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', reused: 'ref' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
