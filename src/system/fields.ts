import * as z from 'zod';
import { record } from './leaf.ts';
import { text } from './names.ts';
import type { NumberKind } from './part.ts';

/** One number (or choice) of a part: how its value is read. */
export interface Field<T> {
  readonly value: z.ZodType<T>;
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
}

/** The numbers that one file states; any may be absent, to be inherited. */
export interface Entries {
  readonly [key: string]: NumberEntry | Entries | undefined;
}

export const field = <T>(value: z.ZodType<T>): Field<T> => ({ value });

export const isField = (entry: Field<unknown> | Fields): entry is Field<unknown> =>
  entry['value'] instanceof z.ZodType;

export const keyOfField = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const numberKind = z.enum(['stated', 'measured', 'inferred', 'assumed']);

const EXAMPLE = '{ value: ..., kind: assumed, source: "why" }';

type Seen = Map<Field<unknown> | Fields, z.ZodType>;

function entrySchema(entry: Field<unknown> | Fields, seen: Seen): z.ZodType {
  const known = seen.get(entry);
  if (known !== undefined) return known;
  const schema = isField(entry)
    ? record({ value: entry.value, kind: numberKind, source: text }, EXAMPLE)
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
