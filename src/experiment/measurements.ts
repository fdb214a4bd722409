import * as z from 'zod';
import { leaf, record } from '../system/leaf.ts';
import { id, text } from '../system/names.ts';
import { rate } from '../system/quantities.ts';
import { readDocument } from '../system/read-document.ts';
import type { BytesPerSecond } from '../units.ts';

/** The case of a measured pair: which devices of which system, one flow or two opposite ones, with ACS redirect or without. */
export interface MeasuredCase {
  readonly system: string;
  readonly from: string;
  readonly to: string;
  readonly ways: 'one' | 'both';
  readonly redirect: boolean;
}

/** A published rate of a case: A method described, B plausible tool output, C a single number in a thread. */
export interface Measurement extends MeasuredCase {
  readonly id: string;
  readonly value: BytesPerSecond;
  readonly grade: 'A' | 'B' | 'C';
  readonly source: string;
}

const rowId = leaf<string>({
  expected: 'a row id in quotes',
  remedy: 'write it like "031"',
  schema: { type: 'string' },
  read: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
});

const schema = record({
  measurements: text,
  about: text,
  source: text,
  rows: z.array(
    record({
      id: rowId,
      system: text,
      from: id,
      to: id,
      ways: z.enum(['one', 'both']),
      redirect: z.boolean(),
      value: rate,
      grade: z.enum(['A', 'B', 'C']),
      source: text,
    }),
  ),
});

/** Reads a file of `models/measurements`. Throws ModelError with line and column. */
export function parseMeasurements(fileText: string, file: string): readonly Measurement[] {
  const { source, rows } = readDocument(fileText, file, schema, 'published measurements').value;
  return rows.map((row) => ({ ...row, source: `${source}, ${row.source}` }));
}

/** The published value of a case; null where there is none. */
export function measured(rows: readonly Measurement[], wanted: MeasuredCase): Measurement | null {
  const same = (row: Measurement) =>
    row.system === wanted.system &&
    row.from === wanted.from &&
    row.to === wanted.to &&
    row.ways === wanted.ways &&
    row.redirect === wanted.redirect;
  return rows.find(same) ?? null;
}
