import type { ValidationSensitivity } from '../sensitivity/validation-sensitivity.ts';
import { type MeasurementFile } from './measured-row.ts';
import type { RowOutcome } from './predict-row.ts';
import { type ValidationRow, validationRow } from './validation-row.ts';

/** How well rows are predicted; medians are null where there are no rows. */
export interface Accuracy {
  readonly rows: number;
  readonly median_error_pct: number | null;
  readonly fluid_median_error_pct: number | null;
  /** Rows whose error is within their own tolerance. */
  readonly within_tolerance: number;
}

export interface PhenomenonAccuracy extends Accuracy {
  readonly phenomenon: string;
  /** Rows from which a number of a part was fixed, and the others. */
  readonly in_sample: Accuracy;
  readonly out_of_sample: Accuracy;
}

/** Predictions beside measured rows: plain data, the JSON of `hairpin validate`. */
export interface ValidationReport {
  readonly file: string;
  readonly kernel: string;
  readonly seed: string;
  /** Scored rows with a prediction, in the order of the file. */
  readonly rows: readonly ValidationRow[];
  readonly skipped: readonly { readonly id: string; readonly scored: boolean; readonly reason: string }[];
  readonly phenomena: readonly PhenomenonAccuracy[];
  readonly all: Accuracy;
  readonly in_sample: Accuracy;
  readonly out_of_sample: Accuracy;
  /** Ids of the rows with the largest errors, the largest first. */
  readonly worst: readonly string[];
  /** How far each assumed number moves the predictions; absent where that was not tried. */
  readonly sensitivity?: ValidationSensitivity;
}

const WORST_ROWS = 5;

/** The middle value, or the mean of the two in the middle; null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function accuracy(rows: readonly ValidationRow[]): Accuracy {
  return {
    rows: rows.length,
    median_error_pct: median(rows.map(({ error_pct: error }) => error)),
    fluid_median_error_pct: median(rows.flatMap(({ fluid_error_pct: error }) => error ?? [])),
    within_tolerance: rows.filter(({ within_tolerance: within }) => within).length,
  };
}

const inSample = (rows: readonly ValidationRow[]) => rows.filter(({ in_sample: fixed }) => fixed);
const outOfSample = (rows: readonly ValidationRow[]) => rows.filter(({ in_sample: fixed }) => !fixed);

function phenomenonAccuracy(phenomenon: string, all: readonly ValidationRow[]): PhenomenonAccuracy {
  const rows = all.filter((row) => row.phenomenon === phenomenon);
  return {
    phenomenon,
    ...accuracy(rows),
    in_sample: accuracy(inSample(rows)),
    out_of_sample: accuracy(outOfSample(rows)),
  };
}

/** What was run, for the report's head. */
export interface ValidationSetting {
  readonly kernel: string;
  readonly seed: string;
}

/** Sums up the outcomes of a file's rows, which are in the order of the file; phenomena in that of first appearance. */
export function validationReport(
  { file, rows: measured }: MeasurementFile,
  outcomes: readonly RowOutcome[],
  { kernel, seed }: ValidationSetting,
): ValidationReport {
  const cases = measured.map((row, i) => ({ row, outcome: outcomes[i] ?? { skipped: 'not run' } }));
  const rows = cases.flatMap(({ row, outcome }) => ('skipped' in outcome ? [] : validationRow(row, outcome)));
  const skipped = cases.flatMap(({ row: { id, score }, outcome }) =>
    'skipped' in outcome ? [{ id, scored: score, reason: outcome.skipped }] : [],
  );
  const names = [...new Set(rows.map(({ phenomenon }) => phenomenon))];
  const byError = rows.toSorted((a, b) => b.error_pct - a.error_pct);
  return {
    file,
    kernel,
    seed,
    rows,
    skipped,
    phenomena: names.map((name) => phenomenonAccuracy(name, rows)),
    all: accuracy(rows),
    in_sample: accuracy(inSample(rows)),
    out_of_sample: accuracy(outOfSample(rows)),
    worst: byError.slice(0, WORST_ROWS).map(({ id }) => id),
  };
}
