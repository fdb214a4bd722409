const [BEGIN, END] = ['<!-- accuracy: begin -->', '<!-- accuracy: end -->'];

const HEAD = ['phenomenon', 'rows', 'within tolerance', 'median error', 'fluid model', 'out of sample'];

const percent = (cell: string | undefined): string =>
  cell === undefined || cell === '' ? '-' : `${Number(cell).toFixed(1)} %`;

function tableRow(fields: ReadonlyMap<string, string>): readonly string[] {
  const text = (field: string): string => fields.get(field) ?? '-';
  return [
    text('phenomenon'),
    text('rows'),
    text('within_tolerance'),
    percent(fields.get('median_error_pct')),
    percent(fields.get('fluid_median_error_pct')),
    percent(fields.get('out_of_sample_median_error_pct')),
  ];
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The stored table of phenomena (csv, without quotes) as Markdown: a line for each. */
export function accuracyTable(csvText: string): string {
  const [names = [], ...rows] = csvText
    .trimEnd()
    .split(/\r?\n/)
    .map((each) => each.split(','));
  const cells = rows.map((row) => tableRow(new Map(names.map((name, i) => [name, row[i] ?? '']))));
  return [line(HEAD), line(HEAD.map(() => '---')), ...cells.map(line)].join('\n');
}

/**
 * A page with the table between its two marks. Throws RangeError for a page without marks.
 */
export function withAccuracyTable(page: string, csvText: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new RangeError(
      `expected ${BEGIN} and ${END} in the page, got none; add them on lines of their own`,
    );
  return `${page.slice(0, begin + BEGIN.length)}\n${accuracyTable(csvText)}\n${page.slice(end)}`;
}
