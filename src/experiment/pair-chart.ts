import type { TopLevelSpec } from 'vega-lite';
import type { ChartRow } from '../report/chart-row.ts';
import { lineChart } from '../report/line-chart.ts';

/** Throughput against transfer size, a line for each route: pair cases with their rows, bounds and published values. */
export function pairChart(rows: readonly ChartRow[]): TopLevelSpec {
  const published = rows.filter((row) => row['measured_GBps'] !== null);
  return lineChart({
    rows,
    x: { field: 'size', title: 'Transfer size', scale: 'log2', format: 'bytes' },
    y: { field: 'goodput_GBps', title: 'Throughput (GB/s)' },
    series: { field: 'route' },
    bound: { field: 'bound_GBps' },
    measured: { rows: published.map((row) => ({ ...row, goodput_GBps: row['measured_GBps'] })) },
  });
}
