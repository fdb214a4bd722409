import { ACS_CASES, acsSystem } from '../src/experiment/acs-and-iommu-cases.ts';
import { acsChart } from '../src/experiment/acs-and-iommu-chart.ts';
import { ACS_COLUMNS, ACS_SHOWN, acsRow } from '../src/experiment/acs-and-iommu-row.ts';
import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { csv } from '../src/report/csv.ts';

export const question = 'Which ACS bits cost a pair of GPUs what, under which mode of the IOMMU?';

export async function run(context: ExperimentContext): Promise<void> {
  const { output, progress } = context;
  const machine = context.loadSystem('wrx90-2sw-flat');
  const rows = ACS_CASES.map((each, done) => {
    progress(done, ACS_CASES.length);
    return { ...acsRow(context, acsSystem(machine, each), each) };
  });
  const near = rows.filter(({ pair }) => pair === 'below one switch');
  const far = rows.filter(({ pair }) => pair === 'across');
  output.table(near, ACS_SHOWN, 'Two GPUs below one switch, by the ACS control of its ports (GB/s)');
  output.table(far, ACS_SHOWN, 'Two GPUs below two root ports (GB/s)');
  output.write('acs-and-iommu.csv', csv(rows, [{ field: 'pair' }, ...ACS_COLUMNS]));
  for (const op of ['write', 'read'] as const) await output.chart(`acs-and-iommu-${op}`, acsChart(near, op));
}
