import { providerRanks } from '../../experiment/provider-ranks.ts';
import { providerFiles } from '../../experiment/provider-table.ts';
import { USUAL_SEED } from '../../experiment/resolve-scenario.ts';
import { Runner } from '../../experiment/runner.ts';
import { providersText } from '../../report/providers-text.ts';
import { endpoints } from '../../system/ancestry.ts';
import type { System } from '../../system/system.ts';
import { BOOT, loadBooted } from '../boot.ts';
import type { CommandModule } from '../command-module.ts';
import { KERNEL, OUTPUT, SYSTEM } from '../common-options.ts';
import { namedDevices } from '../named-devices.ts';
import { pickKernel } from '../pick-kernel.ts';
import { progressBar } from '../progress-bar.ts';
import { sizeOption } from '../size-option.ts';

const USUAL_SIZE = '128 KiB';
const COPIES = 4;

/** The devices of `--from a,b,c`, else all that are no clients. */
function candidatesOf(system: System, clients: readonly string[], list: string | null): readonly string[] {
  const names = list?.split(',').map((name) => name.trim());
  const candidates = names
    ? namedDevices(
        system,
        names.filter((name) => name !== ''),
      )
    : endpoints(system).flatMap(({ id }) => (clients.includes(id) ? [] : [id]));
  if (candidates.length > 0) return candidates;
  throw new RangeError(
    names === undefined
      ? `[${clients.join(', ')}] are all devices of ${system.name}; expected one that is no client; name fewer clients`
      : `--from is "${list}"; expected devices by commas, such as a,b; name one, or leave --from out for all`,
  );
}

export const command: CommandModule = {
  summary: 'whose memory to use, by distance and by simulated bandwidth',
  about:
    "Ranks the devices whose memory all clients could use: by Linux's sum of distances (pci_p2pmem_find_many), with the one that it would take, and by simulation of all clients that write to it, and read from it, at once; and says where the two disagree.",
  arguments: [SYSTEM, { form: '<client...>', about: 'devices that issue the DMA' }],
  options: [
    { form: '--from <ids>', about: 'providers, by commas (default: all devices that are no clients)' },
    { form: '--size <size>', about: `of each of a client's ${COPIES} copies (default: ${USUAL_SIZE})` },
    KERNEL,
    BOOT,
    OUTPUT,
  ],
  examples: [
    'providers wrx90-2vs gpu0 gpu1',
    'providers gpu-nic-nvme nic0 nic1 gpu0 --from nvme0,gpu1,gpu2',
    'providers gpu-nic-nvme nic0 nvme0 --json | jq .kernelChoice',
  ],
  run(invocation) {
    const [name = '', ...names] = invocation.args;
    const system = loadBooted(name, invocation);
    const clients = namedDevices(system, names);
    const candidates = candidatesOf(system, clients, invocation.value('from'));
    const [profile, seed] = [pickKernel(invocation, system), invocation.value('seed') ?? USUAL_SEED];
    const traffic = {
      system,
      profile,
      seed,
      clients,
      size: sizeOption(invocation, USUAL_SIZE),
      copies: COPIES,
    };
    const bar = progressBar(system.name, invocation);
    const document = providerRanks(traffic, candidates, { runner: new Runner(), progress: bar.update });
    bar.stop();
    return { document, text: (width) => providersText(document, width), files: providerFiles(document) };
  },
};
