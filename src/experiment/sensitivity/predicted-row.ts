import type { MeasuredRow } from '../validation/measured-row.ts';
import type { RowPrediction } from '../validation/predict-row.ts';
import { validationRow } from '../validation/validation-row.ts';
import type { AssumedNumber } from './assumed-numbers.ts';
import type { RowChanges } from './row-changes.ts';

/** A row that is predicted, and what changes make of its prediction. */
export interface PredictedRow {
  readonly row: MeasuredRow;
  readonly outcome: RowPrediction;
  readonly changes: RowChanges['changes'];
}

/** Whether any change of the number changes the prediction. */
export const isMoved = ({ changes }: PredictedRow, { part, path }: AssumedNumber): boolean =>
  changes.some((change) => change.part === part && change.path === path);

/** The prediction with a number multiplied, or with a factor of 1 as it is; null where the change takes it away. */
export function predictionUnder(
  { outcome, changes }: PredictedRow,
  { part, path }: AssumedNumber,
  factor: number,
): number | string | null {
  const change = changes.find((each) => each.part === part && each.path === path && each.factor === factor);
  return change === undefined ? outcome.predicted : change.predicted;
}

/** The error of that prediction in percent of what was measured. */
export function errorUnder(predicted: PredictedRow, number: AssumedNumber, factor: number): number | null {
  const value = predictionUnder(predicted, number, factor);
  const { row, outcome } = predicted;
  return value === null ? null : validationRow(row, { ...outcome, predicted: value }).error_pct;
}
