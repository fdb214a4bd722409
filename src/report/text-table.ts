import { type Column, formatCell, type TableRow } from './column.ts';
import { displayWidth, pad, shorten } from './display-width.ts';

const ABSENT = '-';
const GAP = '  ';
/** A column of text is not cut below this. */
const LEAST_WIDTH = 8;

interface Printed {
  readonly head: string;
  readonly cells: readonly string[];
  readonly align: 'left' | 'right';
  readonly width: number;
}

function print(column: Column, rows: readonly TableRow[]): Printed {
  const title = column.title ?? column.field;
  const head = column.unit === undefined ? title : `${title} (${column.unit})`;
  const cells = rows.map((row) => formatCell(row[column.field], column) ?? ABSENT);
  const numeric = column.digits !== undefined || rows.some((row) => typeof row[column.field] === 'number');
  const width = Math.max(...[head, ...cells].map(displayWidth));
  return { head, cells, align: numeric ? 'right' : 'left', width };
}

const total = (columns: readonly Printed[]): number =>
  columns.reduce((sum, { width }) => sum + width, GAP.length * (columns.length - 1));

/** Takes cells from the widest column of text until the table fits; numbers are never cut. */
function fit(columns: readonly Printed[], width: number): readonly Printed[] {
  const excess = total(columns) - width;
  const texts = columns.filter((column) => column.align === 'left' && column.width > LEAST_WIDTH);
  if (excess <= 0 || texts.length === 0) return columns;
  const widest = texts.reduce((a, b) => (b.width > a.width ? b : a));
  return fit(
    columns.map((column) => (column === widest ? { ...column, width: column.width - 1 } : column)),
    width,
  );
}

/**
 * A table for the terminal: a line of heads with units, a rule, a line for each row; numbers to the right, texts to the left, a
 * dash where a value is absent. With `width` (cells of the terminal) long texts are shortened so that lines fit where that
 * is possible. Ends with a line feed.
 */
export function textTable(rows: readonly TableRow[], columns: readonly Column[], width = Infinity): string {
  const printed = fit(
    columns.map((column) => print(column, rows)),
    width,
  );
  const line = (text: (column: Printed) => string): string =>
    `${printed
      .map((column) => pad(shorten(text(column), column.width), column.width, column.align))
      .join(GAP)
      .trimEnd()}\n`;
  const rule = line((column) => '─'.repeat(column.width));
  const body = rows.map((_, index) => line((column) => column.cells[index] ?? ABSENT));
  return [line((column) => column.head), rule, ...body].join('');
}
