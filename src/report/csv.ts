import { type Cell, type Column, formatCell, type TableRow } from './column.ts';

const quoted = (text: string): string =>
  text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

function cellText(cell: Cell, column: Column): string {
  const text = formatCell(cell, column);
  return text === null ? '' : quoted(text);
}

/**
 * A table as comma-separated values (RFC 4180): a line of field names, lines end with CR LF, an absent value is empty and an
 * empty text `""`. Numbers have the column's decimals, or the fewest digits that read back as the same number.
 */
export function csv(rows: readonly TableRow[], columns: readonly Column[]): string {
  const head = columns.map(({ field }) => quoted(field));
  const lines = rows.map((row) => columns.map((column) => cellText(row[column.field], column)));
  return [head, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}
