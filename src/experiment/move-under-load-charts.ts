import type { TopLevelSpec } from 'vega-lite';
import { groupedBars } from '../report/grouped-bars.ts';
import { lineChart } from '../report/line-chart.ts';
import type { MoveRow } from './move-under-load-row.ts';
import type { TimelineRow } from './move-under-load-timeline.ts';

const SERIES = { field: 'driver' };

/** Costs by the names that they have in the bars, and whose time they are. */
const COSTS = [
  ['told_us', 'told'],
  ['drain_us', 'drain'],
  ['fences_us', 'fences'],
  ['copy_us', 'copy'],
  ['refault_us', 'fault'],
  ['remap_us', 'map again'],
  ['stall_us', 'user stalls'],
] as const;

/** How long the users take to stop. */
const stopped = (rows: readonly MoveRow[], x: Parameters<typeof lineChart>[0]['x']): TopLevelSpec =>
  lineChart({
    rows,
    x,
    y: { field: 'stopped_us', title: 'Until all have stopped (us)' },
    series: SERIES,
    bound: { field: 'bound_us', label: 'closed-form drain' },
  });

/** The charts of the experiment, by name. */
export const moveCharts = {
  timeline: (rows: readonly TimelineRow[]): TopLevelSpec =>
    lineChart({
      rows,
      x: {
        field: 'time_us',
        title: 'Time (us); memory leaves the GPU at 200 and returns at 600',
        scale: 'linear',
      },
      y: { field: 'rate_GBps', title: 'Throughput (GB/s)' },
      series: SERIES,
      bound: { field: 'bound_GBps' },
    }),
  costs: (rows: readonly MoveRow[]): TopLevelSpec =>
    groupedBars({
      rows: COSTS.flatMap(([cost, name]) =>
        rows.map((row) => ({ driver: row.driver, cost: name, time_us: row[cost] })),
      ),
      group: { field: 'cost' },
      value: { field: 'time_us', title: 'Time of one move (us)' },
      series: SERIES,
    }),
  depth: (rows: readonly MoveRow[]): TopLevelSpec =>
    stopped(rows, { field: 'depth', title: 'Transfers of 4 KiB under way', scale: 'log2' }),
  attachments: (rows: readonly MoveRow[]): TopLevelSpec =>
    stopped(rows, {
      field: 'attachments',
      title: 'Attachments of one device, 8 transfers each',
      scale: 'linear',
    }),
};
