const [BEGIN, END] = ['<!-- accuracy: begin -->', '<!-- accuracy: end -->'];

/** What a page shows of a validation, as csv without quotes. */
export interface StoredAccuracy {
  /** A line for each phenomenon. */
  readonly phenomena: string;
  /** A line for each of the rows with the largest errors. */
  readonly worst: string;
}

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

function linesOf(csvText: string): readonly Fields[] {
  const [names = [], ...rows] = csvText
    .trimEnd()
    .split(/\r?\n/)
    .map((each) => each.split(','));
  return rows.map((row) => new Map(names.map((name, i) => [name, row[i] ?? ''])));
}

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

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A stored accuracy as Markdown: a line for each phenomenon, and the rows with the largest errors by name. */
function accuracyMarkdown({ phenomena, worst }: StoredAccuracy): string {
  const cells = linesOf(phenomena).map(tableRow);
  const table = [line(HEAD), line(HEAD.map(() => '---')), ...cells.map(line)];
  const rows = linesOf(worst).map(worstRow);
  return [...table, '', 'The worst rows:', ...rows.map((row) => `- ${row}`)].join('\n');
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
