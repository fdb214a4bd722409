import type { HostBridge, Socket, System, SystemNode } from '../system/system.ts';
import { type Bytes, formatBytes } from '../units.ts';
import { acsText } from './acs-text.ts';
import { linkText } from './link-text.ts';
import type { PcieVocabulary } from './pcie-vocabulary.ts';
import { systemWarnings } from './system-warnings.ts';
import { textTree, type TreeNode } from './text-tree.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 110;

const words = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join('  ');

const hex = (value: number): string => value.toString(16).padStart(4, '0');

const bytesText = (name: string, value: Bytes | null): string | null =>
  value === null ? null : `${name} ${formatBytes(value)}`;

function nodeText(node: SystemNode, pcie: PcieVocabulary): string {
  const acs = node.acs === null ? null : acsText(node.acs, pcie);
  switch (node.kind) {
    case 'root_port':
      return words(
        `root port ${node.id}`,
        node.bdf,
        linkText(node.link),
        acsText(node.acs, pcie),
        node.externalFacing ? 'external-facing' : null,
      );
    case 'switch_down':
      return words(`port ${node.id}`, node.bdf, linkText(node.link), acsText(node.acs, pcie));
    case 'switch_up':
      return words(`switch ${node.id}`, node.bdf, node.part.name, node.chip && `chip ${node.chip}`, acs);
    case 'endpoint': {
      const virtual = node.physicalFunction && `virtual function of ${node.physicalFunction}`;
      const sizes = words(bytesText('MPS', node.mps), bytesText('MRRS', node.mrrs));
      return words(`${node.deviceKind} ${node.id}`, node.bdf, node.part.name, virtual, sizes, acs);
    }
    case 'rciep':
      return words(`${node.deviceKind} ${node.id}`, node.bdf, node.part.name, 'in the root complex', acs);
    case 'host_bridge_device':
      return words(`host bridge function ${node.id}`, node.bdf);
    case 'pci_bridge':
      return words(`PCI bridge ${node.id}`, node.bdf);
  }
}

/** The id by which Linux looks a host bridge up: that of the first function on the root bus. */
function hostBridgeText(system: System, bridge: HostBridge): string {
  const head = system.nodes[bridge.rootBus[0] ?? ''];
  const known = head && head.vendor !== null && head.device !== null;
  const id = known ? `${hex(head.vendor)}:${hex(head.device)}` : 'no id';
  const quadrant = bridge.quadrant && `quadrant ${bridge.quadrant}`;
  return words(`host bridge ${bridge.id}`, id, `domain ${hex(bridge.domain)}`, quadrant);
}

function socketTree(system: System, socket: Socket, pcie: PcieVocabulary): TreeNode {
  const nodes = Object.values(system.nodes);
  const below = (parent: string): readonly TreeNode[] =>
    nodes
      .filter((node) => node.parent === parent)
      .map((node) => ({ text: nodeText(node, pcie), children: below(node.id) }));
  const bridges = system.hostBridges.filter((bridge) => bridge.socket === socket.id);
  return {
    text: words(`socket ${socket.id}`, socket.part.name),
    children: bridges.map((bridge) => ({ text: hostBridgeText(system, bridge), children: below(bridge.id) })),
  };
}

function headLines(system: System): readonly string[] {
  const { mode, pageBytes } = system.iommu;
  const about = system.about.replace(/\s+/g, ' ').trim();
  return [
    ...wrapText(about === '' ? system.name : `${system.name}: ${about}`, WIDTH),
    `kernel ${system.kernel ?? 'newest'}, IOMMU ${mode}${mode === 'translate' ? ` (pages of ${formatBytes(pageBytes)})` : ''}`,
  ];
}

/** A machine as `hairpin show` prints it: its tree with links, ACS and parts, the links between sockets, and warnings. */
export function systemTree(system: System, pcie: PcieVocabulary): string {
  const links = system.socketLinks.map(({ between, kind }) => `${between.join(' ── ')}  ${kind}`);
  const warnings = systemWarnings(system, pcie).flatMap((warning) =>
    wrapText(warning, WIDTH - 2).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`),
  );
  const blocks = [
    headLines(system),
    ...system.sockets.map((socket) => textTree(socketTree(system, socket, pcie))),
    ...(links.length > 0 ? [links] : []),
    ...(warnings.length > 0 ? [['Warnings', ...warnings]] : []),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
