import { csv } from '../../report/csv.ts';
import type { SensitivitySetting } from './sensitivity-csv.ts';
import type { ValidationSensitivity } from './validation-sensitivity.ts';

const COLUMNS = [
  { field: 'part' },
  { field: 'path' },
  { field: 'value' },
  { field: 'rows' },
  { field: 'less_pct', digits: 2 },
  { field: 'more_pct', digits: 2 },
  { field: 'figure' },
  { field: 'phenomenon' },
  { field: 'median_points', digits: 2 },
  { field: 'kernel' },
  { field: 'seed' },
];

/** A line for each assumed number, as `sensitivityCsv`, with what it does to rows and medians. */
export const validationSensitivityCsv = (
  { moves, still, unvaried }: ValidationSensitivity,
  { kernel, seed }: SensitivitySetting,
): string =>
  csv(
    [...moves, ...still, ...unvaried].map((number) => ({ ...number, kernel, seed })),
    COLUMNS,
  );
