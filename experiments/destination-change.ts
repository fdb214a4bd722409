import { flowSpec } from '../src/dma/flow-spec.ts';
import { boundOfRun } from '../src/experiment/bound-of-run.ts';
import { COPIES, DESTINATION_PATTERNS, WAITS_NS } from '../src/experiment/destination-change-cases.ts';
import { rowsUnderWait, WAIT_COLUMNS } from '../src/experiment/destination-change-rows.ts';
import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { flowStatistics, STATISTICS_COLUMNS } from '../src/experiment/flow-statistics.ts';
import { loadPublished } from '../src/node/published-measurements.ts';
import { csv } from '../src/report/csv.ts';
import { lineChart } from '../src/report/line-chart.ts';
import { withDestinationChange } from '../src/system/edit.ts';
import { picoseconds } from '../src/units.ts';

export const question =
  'Would a wait between writes to different root ports explain a published collapse to 2.7 GB/s (a hypothesis)?';

const COLUMNS = [{ field: 'pattern' }, { field: 'wait_ns' }, ...STATISTICS_COLUMNS.slice(1, 4)];

export async function run(all: ExperimentContext): Promise<void> {
  const { runner, profile, seed, output, ...context } = all;
  const machine = context.loadSystem('asus-esc8000a-e13p');
  const cases = DESTINATION_PATTERNS.flatMap((each) => WAITS_NS.map((wait_ns) => ({ ...each, wait_ns })));
  const rows = cases.map(({ pattern, op, pairs: ends, wait_ns }, done) => {
    context.progress(done, cases.length);
    const system = withDestinationChange(machine, picoseconds(wait_ns * 1e3));
    const flows = ends.map(([from, to]) => flowSpec({ from: [from], to: [to], op, ...COPIES }));
    const result = runner.run({ system, profile, flows, seed, until: null });
    return { pattern, wait_ns, bound_GBps: boundOfRun(system, profile, flows), ...flowStatistics(result) };
  });
  output.table(rows, COLUMNS);
  output.write('destination-change.csv', csv(rows, COLUMNS));
  const x = { field: 'wait_ns', title: 'Wait (ns)', scale: 'linear' } as const;
  const y = { field: 'together_GBps', title: 'Throughput of both (GB/s)' };
  const chart = { rows, x, y, series: { field: 'pattern' }, bound: { field: 'bound_GBps' } };
  await output.chart('destination-change', lineChart(chart));
  const published = rowsUnderWait(all, loadPublished(), picoseconds(47e3));
  output.table(published, WAIT_COLUMNS, 'Published rows, and a wait of 47 ns in every root complex');
  output.write('destination-change-rows.csv', csv(published, WAIT_COLUMNS));
}
