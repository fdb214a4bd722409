import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { REMOVAL_COLUMNS, removalRow } from '../src/experiment/remove-under-load-row.ts';
import { csv } from '../src/report/csv.ts';
import { lineChart } from '../src/report/line-chart.ts';

export const question =
  'How long does removing a drive under load take with DMABUF, and how long with struct pages?';

const HOLDS_US = [0, 200, 400, 600, 800, 1000];
const WAYS = [
  { way: 'DMABUF', depth: 1 },
  { way: 'DMABUF', depth: 16 },
  { way: 'struct pages', depth: 1 },
  { way: 'struct pages', depth: 16 },
] as const;

export async function run(context: ExperimentContext): Promise<void> {
  const { output, progress } = context;
  const machine = context.loadSystem('gpu-nic-nvme');
  const cases = WAYS.flatMap((each) => HOLDS_US.map((hold_us) => ({ ...each, hold_us })));
  const rows = cases.map((each, done) => {
    progress(done, cases.length);
    return { ...removalRow(context, machine, each) };
  });
  output.table(
    rows,
    REMOVAL_COLUMNS,
    'Removal of a drive into which a network card writes 128 KiB at a time',
  );
  output.write('remove-under-load.csv', csv(rows, REMOVAL_COLUMNS));
  const shown = rows.map((row) => ({ ...row, series: `${row.way}, depth ${row.depth}` }));
  const x = {
    field: 'hold_us',
    title: 'Time for which the drive holds the data (us)',
    scale: 'linear',
  } as const;
  const y = { field: 'longest_us', title: 'Longest removal (us)' };
  await output.chart('remove-under-load', lineChart({ rows: shown, x, y, series: { field: 'series' } }));
}
