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
    {
      form: '--via <memory>',
      about:
        "staged through this memory (mem:SOCKET, or mem for the source's), as is told of a refused pair anyhow",
    },
    { form: '--size <size>', about: `bytes of a transfer, such as "64 KiB" (default: ${USUAL_SIZE})` },
    KERNEL,
    BOOT,
  ],
  examples: [
    'explain wrx90-2sw-flat gpu0 gpu1',
    'explain wrx90-2sw-flat gpu0 gpu4 --op read --size "4 KiB"',
    'explain gpu-nic-nvme gpu0 mem:s1',
    'explain wrx90-2sw-flat gpu0 gpu4 --via mem:s0',
  ],
  run(invocation) {
    const [name = '', from = '', to = ''] = invocation.args;
    const system = loadBooted(name, invocation);
    const via = invocation.value('via');
    if (via !== null && invocation.value('op') !== null) {
      throw new RangeError(
        '--op says nothing of a staged copy, which is a write and then a read; leave it away',
      );
    }
    const op = invocation.value('op') === 'read' ? 'read' : 'write';
    const size = sizeOption(invocation, USUAL_SIZE);
    const staging = via === null ? {} : { via };
    const question = { from, to, op, size, ...staging } as const;
    const document = explain(system, pickKernel(invocation, system), question);
    return { document, text: (width) => explainText(document, width) };
  },
};
