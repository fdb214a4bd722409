import type { CpuPart, DmaNumbers, EndpointPart, PortNumbers, SwitchPart } from '../../src/system/part.ts';
import type { Link, System, SystemNode } from '../../src/system/system.ts';

/** Changes to all parts of a kind, and to the links below ports. */
export interface Changes {
  readonly port?: Partial<PortNumbers>;
  readonly switch?: Partial<SwitchPart>;
  readonly cpu?: Partial<CpuPart>;
  readonly dma?: Partial<DmaNumbers>;
  readonly completer?: Partial<EndpointPart['completer']>;
  /** By port. */
  readonly links?: Readonly<Record<string, Link['current']>>;
}

function changed(node: SystemNode, { port, switch: more, dma, completer, links }: Changes): SystemNode {
  switch (node.kind) {
    case 'switch_up':
      return { ...node, part: { ...node.part, port: { ...node.part.port, ...port }, ...more } };
    case 'endpoint':
    case 'rciep': {
      const part = {
        ...node.part,
        port: { ...node.part.port, ...port },
        dma: { ...node.part.dma, ...dma },
        completer: { ...node.part.completer, ...completer },
      };
      return { ...node, part };
    }
    case 'root_port':
    case 'switch_down': {
      const current = links?.[node.id] ?? node.link.current;
      return { ...node, link: { ...node.link, current } };
    }
    case 'host_bridge_device':
    case 'pci_bridge':
      return node;
  }
}

/** The same machine with other numbers. */
export function withParts(system: System, changes: Changes): System {
  const nodes = Object.entries(system.nodes).map(([id, node]) => [id, changed(node, changes)] as const);
  const sockets = system.sockets.map(({ id, part }) => ({
    id,
    part: { ...part, port: { ...part.port, ...changes.port }, ...changes.cpu },
  }));
  return { ...system, sockets, nodes: Object.fromEntries(nodes) };
}
