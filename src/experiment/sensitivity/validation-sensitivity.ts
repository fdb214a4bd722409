import type { Part } from '../../system/part.ts';
import type { MeasurementFile } from '../validation/measured-row.ts';
import { assumedShare } from './assumed-share.ts';
import type { Figure } from './figure.ts';
import { type MedianMove, medianMove } from './median-move.ts';
import { largestMove, type Move, sizeOfMove } from './move.ts';
import { isMoved, type PredictedRow, predictionUnder } from './predicted-row.ts';
import type { RowChanges } from './row-changes.ts';
import type { Sensitivity } from './sensitivity.ts';
import { sortedMoves } from './sorted-moves.ts';
import { CHANGE_PCT, type VariedNumber, variedNumbers } from './varied-numbers.ts';

/** How far a number moves the predictions of rows; `figure` is the id of the row that moves furthest. */
export interface ValidationMove extends Move, MedianMove {
  /** Rows that move by 1 % or more. */
  readonly rows: number;
}

/** How much the predictions of a file's rows depend on each assumed number that they rest on: plain data. */
export interface ValidationSensitivity extends Sensitivity {
  readonly moves: readonly ValidationMove[];
}

const MOVED_PCT = 1;

/** The move of the row that a number moves furthest, among some. */
function moveAmong(rows: readonly PredictedRow[], { number, less, more }: VariedNumber): Move {
  const under = (factor: number): readonly Figure[] =>
    rows.map((each) => {
      const value = predictionUnder(each, number, factor);
      return { name: each.row.id, value: typeof value === 'number' ? value : null };
    });
  const side = (factor: number | null) => (factor === null ? null : under(factor));
  return largestMove(number, { base: under(1), less: side(less), more: side(more) });
}

function moveOf(rows: readonly PredictedRow[], varied: VariedNumber): ValidationMove {
  const touched = rows.filter((each) => isMoved(each, varied.number));
  const moved = touched.filter((each) => sizeOfMove(moveAmong([each], varied)) >= MOVED_PCT);
  return { ...moveAmong(touched, varied), rows: moved.length, ...medianMove(rows, varied) };
}

/** Sums up the changes of a file's rows, which are in the order of the file, by number; `parts` are those of their machines. */
export function validationSensitivity(
  { rows }: MeasurementFile,
  outcomes: readonly RowChanges[],
  parts: readonly Part[],
): ValidationSensitivity {
  const predicted = rows.flatMap((row, i): readonly PredictedRow[] => {
    const { outcome = { skipped: '' }, changes = [] } = outcomes[i] ?? {};
    return 'skipped' in outcome ? [] : [{ row, outcome, changes }];
  });
  const { varied, unvaried } = variedNumbers(parts);
  const moves = varied.map((number) => moveOf(predicted, number));
  return { change_pct: CHANGE_PCT, ...assumedShare(parts), ...sortedMoves(moves), unvaried };
}
