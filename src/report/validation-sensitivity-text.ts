import type { ValidationSensitivity } from '../experiment/sensitivity/validation-sensitivity.ts';
import type { Column } from './column.ts';
import { shareText, shortName, signed } from './sensitivity-text.ts';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

const COLUMNS: readonly Column[] = [
  { field: 'part' },
  { field: 'path', title: 'number' },
  { field: 'value' },
  { field: 'rows' },
  { field: 'less', title: '-20 %' },
  { field: 'more', title: '+20 %' },
  { field: 'figure', title: 'row' },
  { field: 'points', title: 'median', digits: 1 },
  { field: 'phenomenon', title: 'of' },
];

/** How much predictions depend on the assumed numbers of their machines: the share of them, and those that move a row by 1 % or more. */
export function validationSensitivityText(report: ValidationSensitivity, width: number): string {
  const { change_pct, moves, still, unvaried } = report;
  const large = moves.filter(({ rows }) => rows > 0);
  const counts = `Changed by ${change_pct} % one at a time, ${large.length} of the assumed numbers move the prediction of a row by 1 % or more, ${moves.length - large.length} by less, ${still.length} by nothing; ${unvaried.length} have no other value so near (words, none, unlimited, 0, 1).`;
  const legend =
    'rows: how many move by 1 % or more; row: the one that moves furthest, by so many percent; median: the largest change of a median error, in percentage points, and its phenomenon.';
  const rows = large.map(({ part, less_pct, more_pct, median_points, ...move }) => ({
    ...move,
    part: shortName(part),
    less: signed(less_pct),
    more: signed(more_pct),
    points: median_points,
  }));
  const paragraph = (text: string): string => `${wrapText(text, width).join('\n')}\n`;
  const table = rows.length === 0 ? [] : [textTable(rows, COLUMNS, width), paragraph(legend)];
  return [paragraph(`${shareText(report)} ${counts}`), ...table].join('\n');
}
