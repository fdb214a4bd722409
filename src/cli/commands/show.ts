import { formatAcs } from '../../pcie/acs.ts';
import { linkRate } from '../../pcie/generation.ts';
import { iommuGroups } from '../../policy/iommu-groups.ts';
import { iommuGroupsText } from '../../report/iommu-groups-text.ts';
import { systemTree } from '../../report/system-tree.ts';
import { systemWarnings } from '../../report/system-warnings.ts';
import type { CommandModule } from '../command-module.ts';
import { BOOT, loadBooted } from '../boot.ts';
import { SYSTEM } from '../common-options.ts';

const PCIE = { formatAcs, linkRate };

export const command: CommandModule = {
  summary: 'the tree of a system with links, ACS and warnings',
  about:
    'Prints the tree of a system: sockets, host bridges, ports with their links and ACS, switches, devices and their parts; what to know of it before measuring; and with an IOMMU, which functions share a group.',
  arguments: [SYSTEM],
  options: [BOOT],
  examples: [
    'show wrx90-2sw-flat',
    'show ./my-server.yaml',
    'show wrx90-2vs --json | jq .warnings',
    'show wrx90-2sw-flat --boot-options "intel_iommu=on"',
  ],
  run(invocation) {
    const [name = ''] = invocation.args;
    const system = loadBooted(name, invocation);
    const groups = iommuGroups(system);
    return {
      document: { ...system, iommuGroups: groups, warnings: systemWarnings(system, PCIE) },
      text: () => systemTree(system, PCIE) + iommuGroupsText(groups),
    };
  },
};
