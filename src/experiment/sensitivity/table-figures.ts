import type { Cell, Column, TableRow } from '../../report/column.ts';
import type { Figure } from './figure.ts';

/** A table of an experiment. */
export interface FigureTable {
  readonly title: string | null;
  readonly rows: readonly TableRow[];
  readonly columns: readonly Column[];
}

/** Units of quantities by the ends of field names; shares and percentages have none. */
const UNITS: Readonly<Record<string, string>> = { GBps: 'GB/s', us: 'us', ns: 'ns', MiB: 'MiB' };

const endOf = ({ field }: Column): string => field.split('_').at(-1) ?? '';

function unitOf(column: Column): string | null {
  const { unit } = column;
  if (unit !== undefined) return Object.values(UNITS).includes(unit) ? unit : null;
  return UNITS[endOf(column)] ?? null;
}

/** What is found has a unit and is rounded for people; what is chosen is exact, or says so. */
const isFound = (column: Column): boolean =>
  unitOf(column) !== null && column.digits !== undefined && column.given !== true;

/** The column in words: its title, or, where another one has the same, its field. */
function nameOf(column: Column, columns: readonly Column[]): string {
  const end = endOf(column);
  const bare = (text: string): string =>
    end in UNITS && text.endsWith(end) ? text.slice(0, -end.length).trim() : text;
  const { title, field } = column;
  const alone = columns.filter((other) => other.title === title).length === 1;
  return `${bare(title !== undefined && alone ? title : field.replaceAll('_', ' '))} (${unitOf(column)})`;
}

const isAlike = (rows: readonly TableRow[], { field }: Column): boolean =>
  rows.every((row) => row[field] === rows[0]?.[field]);

const keyOf = (row: TableRow, keys: readonly Column[]): string =>
  keys
    .filter(({ field }) => row[field] !== null && row[field] !== undefined)
    .map(({ field, title = field }) => `${title} ${row[field]}`)
    .join(', ');

/** The first columns before what is found that tell all rows apart; all of these where they do not. */
function keysOf({ rows, columns }: FigureTable): readonly Column[] {
  const first = columns.findIndex(isFound);
  const known = columns.slice(0, Math.max(0, first)).filter((column) => !isAlike(rows, column));
  const apart = (count: number): boolean =>
    new Set(rows.map((row) => keyOf(row, known.slice(0, count)))).size === rows.length;
  const enough = known.findIndex((_, i) => apart(i + 1));
  return enough < 0 ? known : known.slice(0, enough + 1);
}

const numberOf = (cell: Cell): number | null =>
  typeof cell === 'number' && Number.isFinite(cell) ? cell : null;

function figuresOf(table: FigureTable, place: string): readonly Figure[] {
  const keys = keysOf(table);
  const found = table.columns.filter(isFound);
  return table.rows.flatMap((row) => {
    const words = [keyOf(row, keys), place];
    const where = words.filter((word) => word !== '').join('; ');
    return found.map((column) => ({
      name: `${nameOf(column, table.columns)}${where === '' ? '' : `: ${where}`}`,
      value: numberOf(row[column.field]),
    }));
  });
}

/** The cells of tables that hold a quantity which was found, each named by its column, its row and, of several tables, its table. */
export const tableFigures = (tables: readonly FigureTable[]): readonly Figure[] =>
  tables.flatMap((table) => figuresOf(table, tables.length > 1 ? (table.title ?? '') : ''));
