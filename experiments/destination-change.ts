import { flowSpec } from '../src/dma/flow-spec.ts';
import { boundOfRun } from '../src/experiment/bound-of-run.ts';
import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { flowStatistics, STATISTICS_COLUMNS } from '../src/experiment/flow-statistics.ts';
import { csv } from '../src/report/csv.ts';
import { lineChart } from '../src/report/line-chart.ts';
import { withDestinationChange } from '../src/system/edit.ts';
import { parseBytes, picoseconds } from '../src/units.ts';

export const question =
  'Would a wait between writes to different root ports explain a published collapse to 2.7 GB/s (a hypothesis)?';

const COPIES = { size: parseBytes('1 MiB'), transfers: 8, depth: 2 };
const WAITS_NS = [0, 2, 5, 10, 15, 20, 30, 47, 70, 95];
const pairs = (first: string, second: string) => [first.split(' '), second.split(' ')] as [string, string][];
const PATTERNS = [
  { pattern: 'writes to two root ports', op: 'write', pairs: pairs('gpu0 gpu4', 'gpu1 gpu6') },
  { pattern: 'writes to one root port', op: 'write', pairs: pairs('gpu0 gpu4', 'gpu1 gpu5') },
  { pattern: 'reads from two root ports', op: 'read', pairs: pairs('gpu4 gpu0', 'gpu6 gpu1') },
] as const;
const COLUMNS = [{ field: 'pattern' }, { field: 'wait_ns' }, ...STATISTICS_COLUMNS.slice(1, 4)];

export async function run({ runner, profile, seed, output, ...context }: ExperimentContext): Promise<void> {
  const machine = context.loadSystem('asus-esc8000a-e13p');
  const cases = PATTERNS.flatMap((each) => WAITS_NS.map((wait_ns) => ({ ...each, wait_ns })));
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
}
