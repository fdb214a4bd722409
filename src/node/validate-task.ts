import { Runner } from '../experiment/runner.ts';
import { type RowChanges, rowChanges } from '../experiment/sensitivity/row-changes.ts';
import type { MeasurementFile } from '../experiment/validation/measured-row.ts';
import { partLibrary } from '../experiment/validation/part-library.ts';
import { predictRow } from '../experiment/validation/predict-row.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { Part } from '../system/part.ts';

/** All that the predictions of a file's rows depend on: plain data, which is copied to each worker. */
export interface ValidateTask {
  readonly file: MeasurementFile;
  readonly parts: readonly Part[];
  readonly profile: KernelProfile;
  /** Of each row. */
  readonly seed: string;
  /** Whether rows are predicted again with each assumed number of their machines changed. */
  readonly vary?: boolean;
}

/** Predicts rows by their numbers, all on one engine; the outcome does not depend on which rows came before. */
export function rowPredictor({
  file,
  parts,
  profile,
  seed,
  vary = false,
}: ValidateTask): (row: number) => RowChanges {
  const context = { library: partLibrary(parts), runner: new Runner(), profile, seed };
  return (index) => {
    const row = file.rows[index];
    const platform = row && file.platforms[row.platform];
    if (row === undefined || platform === undefined)
      throw new RangeError(`expected the number of a row below ${file.rows.length}, got ${index}`);
    if (vary) return rowChanges({ row, platform }, context);
    return { outcome: predictRow({ row, platform }, context), parts: [], changes: [] };
  };
}
