import { flowWays } from '../../routing/flow-ways.ts';
import type { System } from '../../system/system.ts';
import type { MeasuredRow } from './measured-row.ts';
import { rowTransfers } from './row-transfers.ts';

/** The most that a row's links can carry of payload, and the link that says so. */
export interface LinkCapacity {
  readonly link: string;
  readonly most_GBps: number;
}

/** Bits on the wire of each link that a flow's data crosses, in GB/s; null where it has no way. */
function linksOf(system: System, row: MeasuredRow): readonly ReadonlyMap<string, number>[] | null {
  const transfers = rowTransfers(row, row.flows);
  const flows: ReadonlyMap<string, number>[] = [];
  for (const spec of transfers) {
    const ways = flowWays(system, spec);
    if ('reason' in ways) return null;
    const channels = spec.op === 'write' ? ways.requestChannels : ways.completionChannels;
    const links = channels.flatMap(({ id, carrier }): [string, number][] =>
      carrier.kind === 'link' ? [[id, carrier.rate / 1e9]] : [],
    );
    flows.push(new Map(links));
  }
  return flows.length < row.flows.length ? null : flows;
}

/**
 * What no protocol can exceed: of the flows that cross a link all together no more than the link, of the others no more than the
 * narrowest link of each; headers not counted. Null where the row is no rate, or its flows have no ways.
 */
export function linkCapacity(system: System, row: MeasuredRow): LinkCapacity | null {
  const flows = row.unit === 'GB/s' ? linksOf(system, row) : null;
  if (flows === null || flows.some((links) => links.size === 0)) return null;
  const capacities = new Map(flows.flatMap((links) => [...links]));
  const alone = flows.map((links) => Math.min(...links.values()));
  const all = [...capacities].map(([link, rate]) => {
    const others = alone.filter((_, i) => !flows[i]?.has(link));
    const together = rate + others.reduce((sum, narrow) => sum + narrow, 0);
    return { link, most_GBps: row.mode === 'per_flow_mean' ? together / flows.length : together };
  });
  return all.reduce((least, each) => (each.most_GBps < least.most_GBps ? each : least));
}
