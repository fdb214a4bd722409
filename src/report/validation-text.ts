import type { ValidationReport } from '../experiment/validation/report.ts';
import type { ValidationRow } from '../experiment/validation/validation-row.ts';
import type { Column, TableRow } from './column.ts';
import { textTable } from './text-table.ts';
import { validationSensitivityText } from './validation-sensitivity-text.ts';
import { wrapText } from './wrap-text.ts';

const PHENOMENA: readonly Column[] = [
  { field: 'phenomenon' },
  { field: 'rows' },
  { field: 'within' },
  { field: 'median', unit: '%', digits: 1 },
  { field: 'fluid', unit: '%', digits: 1 },
  { field: 'inside', title: 'in sample', unit: '%', digits: 1 },
  { field: 'outside', title: 'out of sample', unit: '%', digits: 1 },
];

const WORST: readonly Column[] = [
  { field: 'id', title: 'worst rows' },
  { field: 'phenomenon' },
  { field: 'protocol' },
  { field: 'measured' },
  { field: 'predicted' },
  { field: 'fluid' },
  { field: 'unit' },
  { field: 'error', title: 'error', unit: '%', digits: 1 },
];

type Accuracies = Pick<ValidationReport, 'in_sample' | 'out_of_sample'> & ValidationReport['all'];

function accuracyRow(phenomenon: string, of: Accuracies): TableRow {
  return {
    phenomenon,
    rows: of.rows,
    median: of.median_error_pct,
    fluid: of.fluid_median_error_pct,
    within: of.within_tolerance,
    inside: of.in_sample.median_error_pct,
    outside: of.out_of_sample.median_error_pct,
  };
}

/** Three or four digits tell values apart that are compared in percent. */
function short(value: number | string | null): string | null {
  if (value === null || typeof value === 'string') return value;
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(4);
}

function worstRow(row: ValidationRow): TableRow {
  const { id, phenomenon, protocol, measured, predicted, fluid, unit, error_pct: error } = row;
  const shown = { measured: short(measured), predicted: short(predicted), fluid: short(fluid) };
  return { id, phenomenon, protocol, ...shown, unit, error };
}

/** Reasons of scored rows that have no prediction, each with its rows. */
function unpredicted({ skipped }: ValidationReport): readonly string[] {
  const scored = skipped.filter((row) => row.scored);
  const reasons = [...new Set(scored.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const ids = scored.filter((row) => row.reason === reason).map(({ id }) => id);
    return `No prediction of ${ids.join(', ')}: ${reason}.`;
  });
}

/** Phenomena that are predicted worse where no number was fixed from the row. */
function disagreements({ phenomena }: ValidationReport): readonly string[] {
  const worse = phenomena.filter(({ in_sample: fixed, out_of_sample: free }) => {
    const [inside, outside] = [fixed.median_error_pct, free.median_error_pct];
    return inside !== null && outside !== null && outside > 2 * inside;
  });
  const names = worse.map(({ phenomenon }) => phenomenon).join(', ');
  return names === '' ? [] : [`More than twice the error out of sample: ${names}.`];
}

function assumedShare(rows: readonly ValidationRow[]): string {
  const shares = rows.flatMap(({ assumed_share: share }) => share ?? []);
  const sum = shares.reduce((all, share) => all + share, 0);
  return ((100 * sum) / Math.max(1, shares.length)).toFixed(0);
}

/** Predictions beside measurements as `hairpin validate` prints them: phenomena, worst rows, and what has no prediction. */
export function validationText(report: ValidationReport, width: number): string {
  const { file, kernel, seed, rows, skipped, phenomena, all, worst } = report;
  const paragraph = (text: string): string => `${wrapText(text, width).join('\n')}\n`;
  const unscored = skipped.filter(({ scored }) => !scored).length;
  const total = accuracyRow('all', { ...report, ...all });
  const bad = worst.flatMap((id) => rows.filter((row) => row.id === id));
  const notes = [
    ...unpredicted(report),
    ...disagreements(report),
    `Errors are in percent of what was measured, medians by phenomenon; within: rows within their own tolerance; fluid: a model that shares links and the caps of parts max-min fairly and knows nothing else; in sample: a number of a part was fixed from the row.`,
    `${unscored} rows are not scored. Of the numbers of the parts on a row's way ${assumedShare(rows)} % are assumed, on average.`,
  ];
  return [
    paragraph(`${file}: ${rows.length} predictions, ${kernel}, seed ${seed}`),
    textTable([...phenomena.map((each) => accuracyRow(each.phenomenon, each)), total], PHENOMENA, width),
    textTable(bad.map(worstRow), WORST, width),
    ...notes.map(paragraph),
    ...(report.sensitivity ? [validationSensitivityText(report.sensitivity, width)] : []),
  ].join('\n');
}
