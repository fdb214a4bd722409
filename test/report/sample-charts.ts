import type { GroupedBars } from '../../src/report/grouped-bars.ts';
import type { LineChart } from '../../src/report/line-chart.ts';

const ROUTES = [
  { route: 'switch-local', peak: 54, latency: 0.7, bound: 57.46 },
  { route: 'via host bridge', peak: 54, latency: 0.95, bound: 57.46 },
  { route: 'redirected, both ways', peak: 26, latency: 1.6, bound: 28.73 },
  { route: 'far socket', peak: 18, latency: 2.2, bound: 22 },
];

/** Goodput of a transfer that waits for a latency (us) and then flows at a peak rate (GB/s). */
const goodput = (bytes: number, peak: number, latency: number): number =>
  bytes / (latency * 1e3 + bytes / peak);

/** Throughput over transfer size, 4 KiB to 64 MiB, on four routes of which two nearly coincide. */
export const THROUGHPUT: LineChart = {
  rows: ROUTES.flatMap(({ route, peak, latency, bound }) =>
    Array.from({ length: 15 }, (_, index) => {
      const bytes = 2 ** (12 + index);
      return {
        bytes,
        route,
        goodput_GBps: goodput(bytes, peak, latency),
        bound_GBps: goodput(bytes, bound, latency * 0.8),
      };
    }),
  ),
  x: { field: 'bytes', title: 'transfer size', scale: 'log2', format: 'bytes' },
  y: { field: 'goodput_GBps', title: 'goodput (GB/s)' },
  series: { field: 'route' },
  bound: { field: 'bound_GBps' },
  measured: { rows: [{ bytes: 2 ** 26, route: 'switch-local', goodput_GBps: 53.4 }], label: 'measured [12]' },
};

/** Three machines with long names, of which one refuses. */
export const COMPARISON: GroupedBars = {
  rows: ['wrx90-2sw-flat', 'asus-esc8000a-e13p', 'lenovo-p620'].flatMap((system, index) =>
    ['switch-local', 'redirected'].map((route, turn) => ({
      system,
      route,
      goodput_GBps: index === 2 && turn === 1 ? null : 54 - 20 * turn - index,
      bound_GBps: 57.46,
    })),
  ),
  group: { field: 'system' },
  value: { field: 'goodput_GBps', title: 'goodput (GB/s)' },
  series: { field: 'route' },
  bound: { field: 'bound_GBps' },
};
