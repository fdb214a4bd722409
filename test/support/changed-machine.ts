import { REDIRECT_MASK } from '../../src/pcie/acs.ts';
import type { System, SystemNode } from '../../src/system/system.ts';

const withNodes = (system: System, change: (node: SystemNode) => SystemNode): System => ({
  ...system,
  nodes: Object.fromEntries(Object.values(system.nodes).map((node) => [change(node).id, change(node)])),
});

/** Without the redirect bits of some functions, as few pairs have bus addresses where all are drawn. */
export const withLessRedirect = (system: System, chosen: readonly boolean[]): System => {
  const ids = Object.keys(system.nodes);
  return withNodes(system, (node) => {
    if (node.acs === null || !chosen[ids.indexOf(node.id) % chosen.length]) return node;
    return { ...node, acs: { ...node.acs, control: node.acs.control & ~REDIRECT_MASK } };
  });
};

/** The name that `renamed` gives. */
export const backwards = (id: string): string => `${[...id].toReversed().join('')}-renamed`;

/** The same machine with other names. */
export function renamed(system: System): System {
  const nodes = withNodes(system, (node) => ({
    ...node,
    id: backwards(node.id),
    parent: backwards(node.parent),
    ...(node.kind === 'endpoint' && node.physicalFunction !== null
      ? { physicalFunction: backwards(node.physicalFunction) }
      : {}),
  }));
  const hostBridges = system.hostBridges.map((bridge) => ({
    ...bridge,
    id: backwards(bridge.id),
    rootBus: bridge.rootBus.map(backwards),
  }));
  return { ...nodes, hostBridges };
}

/** Order by keys, one for each item in turn. */
const ordered = <T>(items: readonly T[], keys: readonly number[]): readonly T[] =>
  items
    .map((item, i) => ({ item, key: keys[i % keys.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);

/** The same tree with host bridges, siblings and root buses in another order; heads of root buses stay first. */
export function shuffled(system: System, keys: readonly number[]): System {
  const nodes = Object.values(system.nodes);
  const under = (id: string): readonly SystemNode[] =>
    ordered(
      nodes.filter(({ parent }) => parent === id),
      keys,
    ).flatMap((node) => [node, ...under(node.id)]);
  const hostBridges = ordered(system.hostBridges, keys).map((bridge) => ({
    ...bridge,
    rootBus: [...bridge.rootBus.slice(0, 1), ...ordered(bridge.rootBus.slice(1), keys)],
  }));
  const inOrder = hostBridges.flatMap(({ id }) => under(id));
  return { ...system, hostBridges, nodes: Object.fromEntries(inOrder.map((node) => [node.id, node])) };
}

/** Other domains, buses and slots; whether the head of a root bus is device 00.0 stays, by which Linux knows a host bridge. */
export function renumbered(system: System, numbers: readonly number[]): System {
  const heads = new Set(system.hostBridges.map(({ rootBus }) => rootBus[0]));
  const ids = Object.keys(system.nodes);
  const bdfOf = ({ id, bdf }: SystemNode): string => {
    const number = ids.indexOf(id) * 8 + ((numbers[ids.indexOf(id) % numbers.length] ?? 0) % 8);
    const [bus, slot] = [(number >> 5) % 256, number % 32].map((n) => n.toString(16).padStart(2, '0'));
    const own = heads.has(id) ? (bdf ?? '').slice('dddd:bb:'.length) : `${slot}.${number % 8}`;
    return `00f${number >> 13}:${bus}:${own}`;
  };
  return withNodes(system, (node) => ({ ...node, bdf: bdfOf(node) }));
}

/** ACS of the functions that are not kept, one control of the list after the other. */
export function withAcs(system: System, list: readonly (number | null)[], kept: ReadonlySet<string>): System {
  const ids = Object.keys(system.nodes);
  return withNodes(system, (node) => {
    const control = list[ids.indexOf(node.id) % list.length] ?? null;
    if (kept.has(node.id)) return node;
    return { ...node, acs: control === null ? null : { capability: 0x7f, control } };
  });
}
