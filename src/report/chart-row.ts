/** A row of a table as charts read it; `null` and an absent property both mean that there is no value. */
export type ChartRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The number in a field, null where it is absent. Throws RangeError for anything else. */
export function readNumber(row: ChartRow, field: string): number | null {
  const value = row[field];
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RangeError(`"${field}" is ${JSON.stringify(value)} in a row; expected a finite number or null`);
}

/** The text in a field. Throws RangeError where there is none. */
export function readText(row: ChartRow, field: string): string {
  const value = row[field];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new RangeError(`"${field}" is ${JSON.stringify(value)} in a row; expected the name of a series`);
}
