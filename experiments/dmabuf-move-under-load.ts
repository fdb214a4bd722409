import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { moveCharts } from '../src/experiment/move-under-load-charts.ts';
import { MOVED_DRIVERS } from '../src/experiment/move-under-load-drivers.ts';
import { MOVE_COLUMNS, moveRow } from '../src/experiment/move-under-load-row.ts';
import { moveTimeline, TIMELINE_COLUMNS } from '../src/experiment/move-under-load-timeline.ts';
import { csv } from '../src/report/csv.ts';

export const question = 'What does a move of shared memory cost those who use it, and what of it is whose?';

const USES = [
  ...[1, 4, 16, 32, 64, 128, 256].map((depth) => ({ depth, attachments: 1, by: 'depth' })),
  ...[1, 2, 4, 6, 8].map((attachments) => ({ depth: 8, attachments, by: 'attachments' })),
];

export async function run(context: ExperimentContext): Promise<void> {
  const { output } = context;
  const system = context.loadSystem('gpu-nic-nvme');
  const cases = USES.flatMap((use) => MOVED_DRIVERS.map((driver) => ({ ...use, driver })));
  const rows = cases.map(({ by, ...use }, done) => {
    context.progress(done, cases.length);
    return { by, ...moveRow(context, system, use) };
  });
  const timeline = MOVED_DRIVERS.slice(0, 3).flatMap((driver) => moveTimeline(context, system, driver));
  const depths = rows.filter(({ by }) => by === 'depth');
  const attached = rows.filter(({ by }) => by === 'attachments');
  output.table(depths, MOVE_COLUMNS, 'One user, by its transfers under way (us)');
  output.table(attached, MOVE_COLUMNS, 'Users with 8 transfers each, by their number (us)');
  output.write('move-under-load.csv', csv(rows, MOVE_COLUMNS));
  output.write('move-timeline.csv', csv(timeline, TIMELINE_COLUMNS));
  await output.chart('move-timeline', moveCharts.timeline(timeline));
  await output.chart(
    'move-costs',
    moveCharts.costs(depths.filter(({ depth, what }) => depth === 64 && what === 'move').slice(0, 2)),
  );
  await output.chart('move-by-depth', moveCharts.depth(depths));
  await output.chart('move-by-attachments', moveCharts.attachments(attached));
}
