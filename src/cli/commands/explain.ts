import { explain } from '../../experiment/explain.ts';
import { explainText } from '../../report/explain-text.ts';
import type { CommandModule } from '../command-module.ts';
import { BOOT, loadBooted } from '../boot.ts';
import { KERNEL, SYSTEM } from '../common-options.ts';
import { pickKernel } from '../pick-kernel.ts';
import { sizeOption } from '../size-option.ts';

const USUAL_SIZE = '1 MiB';

export const command: CommandModule = {
  summary: 'one transfer: verdict, ways, bounds; no simulation',
  about:
    'Explains one transfer without simulating it: whether Linux allows it and why, which way its TLPs take, what each resource on the way allows, and which one will limit it.',
  arguments: [
    SYSTEM,
    { form: '<from>', about: 'device or memory (mem:SOCKET) where the data is' },
    { form: '<to>', about: 'device or memory where it goes' },
  ],
  options: [
    {
      form: '--op <op>',
      about: 'write: the source writes (default); read: the destination reads',
      choices: ['write', 'read'],
    },
    { form: '--size <size>', about: `bytes of a transfer, such as "64 KiB" (default: ${USUAL_SIZE})` },
    KERNEL,
    BOOT,
  ],
  examples: [
    'explain wrx90-2sw-flat gpu0 gpu1',
    'explain wrx90-2sw-flat gpu0 gpu4 --op read --size "4 KiB"',
    'explain gpu-nic-nvme gpu0 mem:s1',
  ],
  run(invocation) {
    const [name = '', from = '', to = ''] = invocation.args;
    const system = loadBooted(name, invocation);
    const op = invocation.value('op') === 'read' ? 'read' : 'write';
    const size = sizeOption(invocation, USUAL_SIZE);
    const document = explain(system, pickKernel(invocation, system), { from, to, op, size });
    return { document, text: (width) => explainText(document, width) };
  },
};
