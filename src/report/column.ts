/** What a table holds in one place; null and undefined both mean that there is no value. */
export type Cell = string | number | boolean | null | undefined;

export type TableRow = Readonly<Record<string, Cell>>;

/** A column of a table as people and csv files see it. */
export interface Column {
  /** Property of the rows; the head of the column in csv files, where it carries the unit (`goodput_GBps`). */
  readonly field: string;
  /** Head of the column for people; the field where absent. */
  readonly title?: string;
  /** Printed behind the title, such as `GB/s`. */
  readonly unit?: string;
  /** Decimals of numbers; the shortest text that reads back as the same number where absent. */
  readonly digits?: number;
  /** What was chosen, and tells rows apart, although it has a unit and decimals as what was found has. */
  readonly given?: boolean;
}

/**
 * The text of a cell, null where it has no value. Zero has no sign. Throws RangeError for NaN and infinities: a number is
 * either right or absent.
 */
export function formatCell(cell: Cell, { field, digits }: Column): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell !== 'number') return String(cell);
  if (!Number.isFinite(cell)) {
    throw new RangeError(`"${field}" is ${cell}; expected a finite number, or null where there is none`);
  }
  const text = digits === undefined ? String(cell) : cell.toFixed(digits);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}
