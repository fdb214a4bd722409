import { readCsv } from './read-csv.ts';

const [BEGIN, END] = ['<!-- accuracy: begin -->', '<!-- accuracy: end -->'];

/** What a page shows of a validation, as csv. */
export interface StoredAccuracy {
  /** A line for each phenomenon. */
  readonly phenomena: string;
  /** A line for each of the rows with the largest errors. */
  readonly worst: string;
  /** A line for each assumed number, and how far a change of it moves which row. */
  readonly moves: string;
}

/** Moves that a page names, in percent. */
const LARGE_PCT = 5;

const HEAD = [
  'phenomenon',
  'rows',
  'grades',
  'in tolerance',
  'median',
  'fluid',
  'in sample',
  'out of sample',
];

type Fields = ReadonlyMap<string, string>;

const percent = (cell: string | undefined): string =>
  cell === undefined || cell === '' ? '-' : `${Number(cell).toFixed(1)} %`;

function grades(fields: Fields): string {
  const counts = ['A', 'B', 'C'].map((grade) => [grade, fields.get(`grade_${grade}`) ?? '0'] as const);
  return counts.flatMap(([grade, count]) => (count === '0' ? [] : `${count} ${grade}`)).join(', ');
}

function tableRow(fields: Fields): readonly string[] {
  const text = (field: string): string => fields.get(field) ?? '-';
  return [
    text('phenomenon'),
    text('rows'),
    grades(fields),
    text('within_tolerance'),
    percent(fields.get('median_error_pct')),
    percent(fields.get('fluid_median_error_pct')),
    percent(fields.get('in_sample_median_error_pct')),
    percent(fields.get('out_of_sample_median_error_pct')),
  ];
}

function worstRow(fields: Fields): string {
  const text = (field: string): string => fields.get(field) ?? '-';
  const values = `measured ${text('measured')}, predicted ${text('predicted')} ${text('unit')}`;
  return `\`${text('id')}\` (${text('phenomenon')}, grade ${text('trust')}): ${values}`;
}

const sides = (fields: Fields): readonly number[] =>
  ['less_pct', 'more_pct'].map((side) => Number(fields.get(side) ?? 0));

function moveRow(fields: Fields): string {
  const text = (field: string): string => fields.get(field) ?? '-';
  const [less = 0, more = 0] = sides(fields).map((side) => side.toFixed(1));
  return `\`${text('part')}\`, ${text('path')} of ${text('value')}: ${less} and ${more} % of \`${text('figure')}\``;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A stored accuracy as Markdown: a line for each phenomenon, the rows with the largest errors by name, and the largest moves. */
function accuracyMarkdown({ phenomena, worst, moves }: StoredAccuracy): string {
  const cells = readCsv(phenomena).map(tableRow);
  const table = [line(HEAD), line(HEAD.map(() => '---')), ...cells.map(line)];
  const rows = readCsv(worst).map(worstRow);
  const large = readCsv(moves).filter((move) => Math.max(...sides(move).map(Math.abs)) >= LARGE_PCT);
  const title = `Assumed numbers that move a row by ${LARGE_PCT} % or more when they are 20 % lower and 20 % higher:`;
  const items = [['The worst rows:', rows] as const, [title, large.map(moveRow)] as const];
  return [
    ...table,
    ...items.flatMap(([head, list]) => ['', head, '', ...list.map((row) => `- ${row}`)]),
  ].join('\n');
}

/** A page with the table between its two marks. Throws RangeError for a page without marks. */
export function withAccuracy(page: string, stored: StoredAccuracy): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new RangeError(
      `expected ${BEGIN} and ${END} in the page, got none; add them on lines of their own`,
    );
  return `${page.slice(0, begin + BEGIN.length)}\n${accuracyMarkdown(stored)}\n${page.slice(end)}`;
}
