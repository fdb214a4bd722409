import type { System, SystemNode } from '../system/system.ts';

/** Below a link all functions are of one device; on a root bus, in a switch and on a PCI bus the address tells. */
function deviceKey(system: System, node: SystemNode): string | null {
  const above = Object.hasOwn(system.nodes, node.parent) ? system.nodes[node.parent] : undefined;
  if (above?.kind === 'root_port' || above?.kind === 'switch_down') return node.parent;
  return node.bdf === null ? null : `${node.parent} ${node.bdf.replace(/\.[0-7]$/, '')}`;
}

const isVirtual = (node: SystemNode): boolean => node.kind === 'endpoint' && node.physicalFunction !== null;

/**
 * Devices of more than one function, each with its functions; a virtual function counts as a device of its own. Where the
 * address would tell and is not known, a function is taken for a device of its own.
 */
export function multiFunctionDevices(system: System): readonly (readonly SystemNode[])[] {
  const devices = new Map<string, SystemNode[]>();
  for (const node of Object.values(system.nodes)) {
    const key = isVirtual(node) ? null : deviceKey(system, node);
    if (key !== null) devices.set(key, [...(devices.get(key) ?? []), node]);
  }
  return [...devices.values()].filter((functions) => functions.length > 1);
}
