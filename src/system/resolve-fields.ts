import {
  type Entries,
  type Field,
  type Fields,
  isField,
  keyOfField,
  type NumberEntry,
  type Values,
} from './fields.ts';
import type { DocumentPath } from './model-error.ts';
import type { Provenance } from './part.ts';
import { numbersOf, type PartEntry } from './part-schema.ts';
import type { TypedDocument } from './read-document.ts';

/** A part's file, and after it those that it is `like`, nearest first. */
export type Layers = readonly [TypedDocument<PartEntry>, ...TypedDocument<PartEntry>[]];

export interface Resolved<F> {
  readonly values: Values<F>;
  /** Origin of each value, in the order of the fields; an inherited one names the part it comes from. */
  readonly provenance: readonly Provenance[];
}

function entryAt(entries: Entries, path: readonly string[]): NumberEntry | undefined {
  let found: NumberEntry | Entries | undefined = entries;
  for (const key of path) found = (found as Entries | undefined)?.[key] as NumberEntry | Entries | undefined;
  return found as NumberEntry | undefined;
}

function missing(layers: Layers, path: DocumentPath): Error {
  const [own] = layers;
  const key = String(path.at(-1));
  const remedy = `add ${key}: { value: ..., kind: assumed, source: "why" }, or inherit it with like: ${own.value.kind}/generic`;
  return own.problem(path, { expected: 'a number with its kind and source', got: 'nothing', remedy });
}

/** The file that a part has the number at `path` from: the first one that states it. */
export const statedIn = (layers: Layers, path: readonly string[]): TypedDocument<PartEntry> | undefined =>
  layers.find(({ value }) => entryAt(numbersOf(value), path) !== undefined);

function resolveField(layers: Layers, path: readonly string[], provenance: Provenance[]): unknown {
  const layer = statedIn(layers, path);
  const entry = layer && entryAt(numbersOf(layer.value), path);
  if (layer === undefined || entry === undefined) throw missing(layers, path);
  const { kind, source, value, fixed_by: fixedBy = [] } = entry;
  const from = layer === layers[0] ? '' : ` [from ${layer.value.part}]`;
  const text = layer.yaml.textOf([...path, 'value']);
  provenance.push({ path: path.join('.'), text, kind, source: `${source.trim()}${from}`, fixedBy });
  return value;
}

function resolveGroup(
  fields: Fields,
  layers: Layers,
  path: readonly string[],
  provenance: Provenance[],
): unknown {
  const resolve = (entry: Field<unknown> | Fields, at: readonly string[]): unknown =>
    isField(entry) ? resolveField(layers, at, provenance) : resolveGroup(entry, layers, at, provenance);
  return Object.fromEntries(
    Object.entries(fields).map(([name, entry]) => [name, resolve(entry, [...path, keyOfField(name)])]),
  );
}

/** The value of each field from the first file that states it. Throws ModelError for a number that none states. */
export function resolveFields<F extends Fields>(fields: F, layers: Layers): Resolved<F> {
  const provenance: Provenance[] = [];
  return { values: resolveGroup(fields, layers, [], provenance) as Values<F>, provenance };
}
