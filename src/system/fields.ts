import * as z from 'zod';
import { leaf, record } from './leaf.ts';
import { text } from './names.ts';
import type { NumberKind } from './part.ts';
import type { Scale } from './scale.ts';

/** One number (or choice) of a part: how its value is read, and how it is changed in proportion. */
export interface Field<T> {
  readonly value: z.ZodType<T>;
  scaled(value: T, factor: number): T | null;
}

/** The numbers of a part by name; in the file `phyLatency` is `phy_latency`. */
export interface Fields {
  readonly [name: string]: Field<unknown> | Fields;
}

/** What the fields become once each has its value. */
export type Values<F> = F extends Field<infer T> ? T : { readonly [K in keyof F]: Values<F[K]> };

/** A number as the file has it. */
export interface NumberEntry {
  readonly value: unknown;
  readonly kind: NumberKind;
  readonly source: string;
  readonly fixed_by?: readonly string[] | undefined;
}

/** The numbers that one file states; any may be absent, to be inherited. */
export interface Entries {
  readonly [key: string]: NumberEntry | Entries | undefined;
}

/** A field whose value has no other in proportion to it, such as a choice of words, unless `scaled` says how. */
export const field = <T>(value: z.ZodType<T>, scaled: Scale<T> = () => null): Field<T> => ({ value, scaled });

export const isField = (entry: Field<unknown> | Fields): entry is Field<unknown> =>
  entry['value'] instanceof z.ZodType;

export const keyOfField = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const numberKind = z.enum(['stated', 'measured', 'inferred', 'assumed']);

const ROW = /^[\w.-]+#\d+$/;

/** Row of the published measurements, by its id. */
const row = leaf<string>({
  expected: 'the id of a published measurement',
  remedy: 'write it like "asus-esc8000a-e13p#001"',
  schema: { type: 'string', pattern: ROW.source, description: 'id of a published measurement' },
  read: (value) => (typeof value === 'string' && ROW.test(value) ? value : undefined),
});

const origin = { kind: numberKind, source: text, fixed_by: z.array(row).optional() };

const EXAMPLE = '{ value: ..., kind: assumed, source: "why" }';

type Seen = Map<Field<unknown> | Fields, z.ZodType>;

function entrySchema(entry: Field<unknown> | Fields, seen: Seen): z.ZodType {
  const known = seen.get(entry);
  if (known !== undefined) return known;
  const schema = isField(entry)
    ? record({ value: entry.value, ...origin }, EXAMPLE)
    : record(fieldsShape(entry, seen));
  seen.set(entry, schema);
  return schema;
}

/** Zod shape of a group of fields, all of them optional; groups that occur again share their schema. */
export function fieldsShape(fields: Fields, seen: Seen = new Map()): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, entry]) => [keyOfField(name), entrySchema(entry, seen).optional()]),
  );
}
