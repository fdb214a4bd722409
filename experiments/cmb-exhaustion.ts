import { CMB_COLUMNS, cmbLatencies, cmbRow } from '../src/experiment/cmb-exhaustion-row.ts';
import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { csv } from '../src/report/csv.ts';
import { lineChart } from '../src/report/line-chart.ts';
import { parseBytes } from '../src/units.ts';

export const question = 'When does a controller memory buffer that runs out make latency bimodal?';

const POOLS = ['2 MiB', '4 MiB'].map(parseBytes);
const LOADS_GBPS = [2, 4, 6, 8, 10, 12];

export async function run(context: ExperimentContext): Promise<void> {
  const { output, progress } = context;
  const machine = context.loadSystem('gpu-nic-nvme');
  const cases = POOLS.flatMap((pool) => LOADS_GBPS.map((offered) => ({ pool, offered })));
  const rows = cases.map((each, done) => {
    progress(done, cases.length);
    return cmbRow(context, machine, each);
  });
  output.table(rows, CMB_COLUMNS, 'Writes of 128 KiB that a drive holds for 250 us each; times beyond that');
  output.write('cmb-exhaustion.csv', csv(rows, CMB_COLUMNS));
  const x = { field: 'offered_GBps', title: 'Offered load (GB/s)', scale: 'linear' } as const;
  const share = { field: 'fallback_pct', title: 'Served from system memory (%)' };
  const bound = { field: 'erlang_pct', label: 'Erlang loss formula' };
  const series = { field: 'pool' };
  await output.chart('cmb-exhaustion-share', lineChart({ rows, x, y: share, series, bound }));
  const latencies = cmbLatencies(rows.slice(0, LOADS_GBPS.length));
  const y = { field: 'us', title: 'Latency beyond the hold (us)' };
  const chart = { rows: latencies, x, y, series: { field: 'latency' } };
  await output.chart('cmb-exhaustion-latency', lineChart(chart));
}
