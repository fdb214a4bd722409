import { loadSystem } from '../../node/load-system.ts';
import { formatAcs } from '../../pcie/acs.ts';
import { linkRate } from '../../pcie/generation.ts';
import { systemTree } from '../../report/system-tree.ts';
import { systemWarnings } from '../../report/system-warnings.ts';
import type { CommandModule } from '../command-module.ts';
import { SYSTEM } from '../common-options.ts';

const PCIE = { formatAcs, linkRate };

export const command: CommandModule = {
  summary: 'the tree of a system with links, ACS and warnings',
  about:
    'Prints the tree of a system: sockets, host bridges, ports with their links and ACS, switches, devices and their parts; and what to know of it before measuring.',
  arguments: [SYSTEM],
  options: [],
  examples: ['show wrx90-2sw-flat', 'show ./my-server.yaml', 'show wrx90-2vs --json | jq .warnings'],
  run({ args: [name = ''] }) {
    const system = loadSystem(name);
    return {
      document: { ...system, warnings: systemWarnings(system, PCIE) },
      text: () => systemTree(system, PCIE),
    };
  },
};
