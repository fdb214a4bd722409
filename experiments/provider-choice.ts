import type { ExperimentContext } from '../src/experiment/experiment-context.ts';
import { PICK_COLUMNS, pickRows } from '../src/experiment/provider-picks.ts';
import { providerRanks } from '../src/experiment/provider-ranks.ts';
import { PROVIDER_COLUMNS, providerRows } from '../src/experiment/provider-table.ts';
import { csv } from '../src/report/csv.ts';
import { groupedBars } from '../src/report/grouped-bars.ts';
import { endpoints } from '../src/system/ancestry.ts';
import { parseBytes } from '../src/units.ts';

export const question = "Does the nearest provider by Linux's distance also give the most bandwidth?";

const CASES = [
  { name: '2 GPUs, flat', machine: 'wrx90-2sw-flat', clients: ['gpu0', 'gpu1'] },
  { name: '2 GPUs, virtual', machine: 'wrx90-2vs', clients: ['gpu0', 'gpu1'] },
  { name: '2 GPUs, sockets', machine: 'asus-esc8000a-e13p', clients: ['gpu0', 'gpu1'] },
  { name: 'NIC, drive', machine: 'gpu-nic-nvme', clients: ['nic0', 'nvme0'] },
  { name: '2 NICs, GPU', machine: 'gpu-nic-nvme', clients: ['nic0', 'nic1', 'gpu0'] },
];
const COPIES = { size: parseBytes('128 KiB'), copies: 4 };

export async function run({ output, ...context }: ExperimentContext): Promise<void> {
  const results = CASES.map(({ machine, ...each }, done) => {
    context.progress(done, CASES.length);
    const system = context.loadSystem(machine);
    const others = endpoints(system).flatMap(({ id }) => (each.clients.includes(id) ? [] : [id]));
    const ranks = providerRanks({ ...context, ...COPIES, system, clients: each.clients }, others, {
      runner: context.runner,
    });
    return { ...each, ranks };
  });
  const rows = results.flatMap(({ name, ranks }) => pickRows(name, ranks));
  output.table(rows, PICK_COLUMNS);
  const all = results.flatMap(({ name, ranks }) => providerRows(ranks).map((row) => ({ name, ...row })));
  output.write('provider-choice.csv', csv(all, [{ field: 'name' }, ...PROVIDER_COLUMNS]));
  const bars = { group: { field: 'name' }, series: { field: 'place' }, bound: { field: 'bound_GBps' } };
  const value = { field: 'rate_GBps', title: 'Throughput of the slowest client (GB/s)' };
  await output.chart('provider-choice', groupedBars({ rows, ...bars, value, absent: 'none' }));
}
