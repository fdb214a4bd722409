import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { pairChart } from '../src/experiment/pair-chart.ts';
import { PAIR_COLUMNS, runPair } from '../src/experiment/pair-run.ts';
import { loadPublished } from '../src/node/published-measurements.ts';
import { csv } from '../src/report/csv.ts';
import { parseBytes } from '../src/units.ts';

export const question =
  'What does a pair of GPUs lose when its traffic goes through the host bridge instead of their switch?';

const [wrx90, asus] = ['wrx90-2sw-flat', 'asus-esc8000a-e13p'];
const ROUTES = [
  { route: 'switch-local', system: wrx90, from: 'gpu0', to: 'gpu1', redirect: false },
  { route: 'host bridge', system: wrx90, from: 'gpu0', to: 'gpu4', redirect: false },
  { route: 'switch, ACS redirect', system: wrx90, from: 'gpu0', to: 'gpu1', redirect: true },
  { route: 'ASUS, ACS redirect', system: asus, from: 'gpu0', to: 'gpu1', redirect: true },
];
const WAYS = ['one', 'both'] as const;
const SIZES = ['4 KiB', '16 KiB', '64 KiB', '256 KiB', '1 MiB', '8 MiB'].map(parseBytes);

export async function run(context: ExperimentContext): Promise<void> {
  const published = loadPublished().rows;
  const cases = ROUTES.flatMap((at) => WAYS.flatMap((ways) => SIZES.map((size) => ({ ...at, ways, size }))));
  const rows = cases.map((pair, done) => {
    context.progress(done, cases.length);
    return { ...pair, ...runPair(context, context.loadSystem(pair.system), pair, published) };
  });
  const large = rows.filter(({ size }) => size === SIZES.at(-1));
  context.output.table(large, PAIR_COLUMNS, 'Copies of 8 MiB, one at a time each way');
  context.output.write(
    'throughput.csv',
    csv(rows, [{ field: 'system' }, { field: 'size' }, ...PAIR_COLUMNS]),
  );
  for (const ways of WAYS) {
    const shown = rows.filter((row) => row.ways === ways && row.system === wrx90);
    await context.output.chart(`throughput-${ways}`, pairChart(shown));
  }
}
