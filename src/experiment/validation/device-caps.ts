import type { Ends, MeasuredPlatform } from './measured-row.ts';

/** What a device gives and takes at most, in GB/s of payload: a drive's media, a NIC's network. */
export interface DeviceCap {
  readonly gives: number;
  readonly takes: number;
}

export type DeviceCaps = ReadonlyMap<string, DeviceCap>;

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numberAt = (tree: unknown, key: string): number => {
  const value = isTree(tree) ? tree[key] : undefined;
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
};

function capOf({ media, network }: Tree): DeviceCap | null {
  if (media === undefined && network === undefined) return null;
  const rate = numberAt(network, 'rate_GBps');
  return {
    gives: Math.min(rate, numberAt(media, 'read_GBps')),
    takes: Math.min(rate, numberAt(media, 'write_GBps')),
  };
}

function collect(node: unknown, caps: Map<string, DeviceCap>): void {
  if (Array.isArray(node)) for (const each of node) collect(each, caps);
  if (!isTree(node)) return;
  const cap = capOf(node);
  if (cap !== null && typeof node.id === 'string') caps.set(node.id, cap);
  for (const value of Object.values(node)) collect(value, caps);
}

/** Published rates of media and networks that a platform's tree states. */
export function deviceCaps({ topology }: MeasuredPlatform): DeviceCaps {
  const caps = new Map<string, DeviceCap>();
  collect(topology, caps);
  return caps;
}

/** Rates of flows that go on together, each at most its share of what its ends give and take. */
export function cappedRates(
  flows: readonly Ends[],
  rates: readonly number[],
  caps: DeviceCaps,
): readonly number[] {
  const share = (end: string, side: 0 | 1, cap: number) =>
    cap / flows.filter((other) => other[side] === end).length;
  return rates.map((rate, i) => {
    const [from, to] = flows[i] as Ends;
    const { gives = Number.POSITIVE_INFINITY } = caps.get(from) ?? {};
    const { takes = Number.POSITIVE_INFINITY } = caps.get(to) ?? {};
    return Math.min(rate, share(from, 0, gives), share(to, 1, takes));
  });
}
