import { flowSpec } from '../src/dma/flow-spec.ts';
import { boundOfRun } from '../src/experiment/bound-of-run.ts';
import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { flowStatistics, STATISTICS_COLUMNS } from '../src/experiment/flow-statistics.ts';
import { csv } from '../src/report/csv.ts';
import { lineChart } from '../src/report/line-chart.ts';
import { parseBytes, parseRate } from '../src/units.ts';

export const question =
  'How many GPUs below one switch can write across the host bridge before their uplink binds?';

const LOADS = [
  { load: 'unlimited', rate: null },
  { load: '10 GB/s', rate: parseRate('10 GB/s') },
];
const COPIES = { size: parseBytes('16 KiB'), transfers: 256, depth: 4 };
const COLUMNS = [{ field: 'load' }, ...STATISTICS_COLUMNS];

export async function run(context: ExperimentContext): Promise<void> {
  const { runner, profile, seed, output } = context;
  const system = context.loadSystem('two-switches-16-gpus');
  const cases = LOADS.flatMap((load) => [1, 2, 3, 4, 5, 6, 7, 8].map((gpus) => ({ ...load, gpus })));
  const rows = cases.map(({ load, rate, gpus }, done) => {
    context.progress(done, cases.length);
    const pairs = Array.from({ length: gpus }, (_, i) => ({ from: [`gpu${i}`], to: [`gpu${i + 8}`] }));
    const flows = pairs.map((ends) => flowSpec({ ...ends, rate, ...COPIES }));
    const result = runner.run({ system, profile, flows, seed, until: null });
    return { load, bound_GBps: boundOfRun(system, profile, flows), ...flowStatistics(result) };
  });
  output.table(rows, COLUMNS);
  output.write('gpus-per-uplink.csv', csv(rows, COLUMNS));
  const x = { field: 'flows', title: 'GPUs that write', scale: 'linear' } as const;
  const y = { field: 'together_GBps', title: 'Throughput of all (GB/s)' };
  const chart = { rows, x, y, series: { field: 'load' }, bound: { field: 'bound_GBps' } };
  await output.chart('gpus-per-uplink', lineChart(chart));
}
