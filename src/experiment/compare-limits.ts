import type { System, SystemNode } from '../system/system.ts';
import type { FlowResult } from './run-result.ts';

/** Resources of one sort, such as `link:<root port>:up`: all such links of the system. */
export interface LimitGroup {
  readonly resource: string;
  /** Of the time in which copies were under way. */
  readonly share: number;
  /** The one of them that was waited for most. */
  readonly most: string;
}

const SORT: Readonly<Record<SystemNode['kind'], string>> = {
  root_port: 'root port',
  switch_up: 'switch',
  switch_down: 'switch port',
  endpoint: 'device',
  rciep: 'device',
  host_bridge_device: 'device',
  pci_bridge: 'bridge',
};

/** The resource with the sort of its place instead of its name. */
function groupOf(system: System, resource: string): string {
  const words = resource.split(':').map((word) => {
    const node = Object.hasOwn(system.nodes, word) ? system.nodes[word] : undefined;
    return node ? `<${node.kind === 'endpoint' ? node.deviceKind : SORT[node.kind]}>` : word;
  });
  return words.join(':');
}

/** Waiting while the own device moves another of its copies says nothing of what that copy waits for. */
const isOwnTurn = (resource: string): boolean => resource.startsWith('copies:');

function sumByResource(flows: readonly FlowResult[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { resource, share } of flows.flatMap(({ limitedBy }) => limitedBy)) {
    if (!isOwnTurn(resource)) sums.set(resource, (sums.get(resource) ?? 0) + share);
  }
  return sums;
}

/** What copies under way waited for, over all flows and grouped by the sort of resource, from the largest share down. */
export function mainLimits(system: System, flows: readonly FlowResult[]): readonly LimitGroup[] {
  const sums = [...sumByResource(flows)].sort(([, a], [, b]) => b - a);
  const total = sums.reduce((sum, [, share]) => sum + share, 0);
  const groups = new Map<string, LimitGroup>();
  for (const [resource, sum] of sums) {
    const group = groupOf(system, resource);
    const known = groups.get(group) ?? { resource: group, share: 0, most: resource };
    groups.set(group, { ...known, share: known.share + sum / total });
  }
  return [...groups.values()].sort((a, b) => b.share - a.share);
}
