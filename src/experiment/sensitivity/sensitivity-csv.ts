import { csv } from '../../report/csv.ts';
import type { Sensitivity } from './sensitivity.ts';

/** What the moves were computed with. */
export interface SensitivitySetting {
  readonly kernel: string;
  readonly seed: string;
}

const COLUMNS = [
  { field: 'part' },
  { field: 'path' },
  { field: 'value' },
  { field: 'less_pct', digits: 2 },
  { field: 'more_pct', digits: 2 },
  { field: 'figure' },
  { field: 'kernel' },
  { field: 'seed' },
];

/**
 * A line for each assumed number: those that move a figure, those that move none, and, without percentages, those that cannot be
 * changed.
 */
export const sensitivityCsv = (
  { moves, still, unvaried }: Pick<Sensitivity, 'moves' | 'still' | 'unvaried'>,
  setting: SensitivitySetting,
): string =>
  csv(
    [...moves, ...still, ...unvaried].map((number) => ({ ...number, ...setting })),
    COLUMNS,
  );
