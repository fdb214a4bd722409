import type { Column } from '../report/column.ts';
import type { Part } from '../system/part.ts';
import type { Picoseconds } from '../units.ts';
import type { ExperimentContext } from './experiment-context.ts';
import type { MeasurementFile } from './validation/measured-row.ts';
import { partLibrary } from './validation/part-library.ts';
import { predictRow } from './validation/predict-row.ts';

/** Published rows on which writes to several root ports bear: on the machine of the collapse, and on one of another CPU. */
const BEARING = [
  ['asus-esc8000a-e13p', ['shared-links', 'all-to-all', 'staggered-probe']],
  ['wrx90-2vs-v1', ['shared-links']],
] as const;

/** Rates in GB/s: published, predicted without a wait, and with it. */
export type WaitRow = Readonly<
  Record<'row' | 'phenomenon', string> & { measured: number } & Record<'without' | 'with', number | null>
>;

export const WAIT_COLUMNS: readonly Column[] = [
  { field: 'row' },
  { field: 'phenomenon' },
  { field: 'measured', unit: 'GB/s', digits: 2, given: true },
  { field: 'without', title: 'without a wait', unit: 'GB/s', digits: 2 },
  { field: 'with', title: 'with it', unit: 'GB/s', digits: 2 },
];

const withWait = (part: Part, destinationChange: Picoseconds): Part =>
  part.kind === 'cpu' ? { ...part, destinationChange } : part;

/** What one wait in every root complex, if it were the cause of the collapse, would predict of other published rows. */
export function rowsUnderWait(
  { runner, profile, seed, loadParts }: ExperimentContext,
  file: MeasurementFile,
  wait: Picoseconds,
): readonly WaitRow[] {
  const parts = loadParts();
  const libraries = [parts, parts.map((part) => withWait(part, wait))].map(partLibrary);
  const rows = file.rows.filter(({ platform, phenomenon }) =>
    BEARING.some(([machine, kinds]) => machine === platform && kinds.some((kind) => kind === phenomenon)),
  );
  return rows.flatMap((row) => {
    const platform = file.platforms[row.platform];
    if (!row.score || platform === undefined) return [];
    const [without = null, waiting = null] = libraries.map((library) => {
      const outcome = predictRow({ row, platform }, { runner, profile, seed, library });
      return 'skipped' in outcome ? null : Number(outcome.predicted);
    });
    const { id, phenomenon = '', value } = row;
    return [{ row: id, phenomenon, measured: Number(value), without, with: waiting }];
  });
}
