import { endpoints } from '../../system/ancestry.ts';
import type { System } from '../../system/system.ts';

/** What a device gives and takes at most, in GB/s of payload: a drive's media, a NIC's network. */
export interface DeviceCap {
  readonly gives: number;
  readonly takes: number;
}

export type DeviceCaps = ReadonlyMap<string, DeviceCap>;

const inGBps = (rate: number | null): number => (rate === null ? Number.POSITIVE_INFINITY : rate / 1e9);

/** Published rates of media and networks that a system states. */
export function deviceCaps(system: System): DeviceCaps {
  const caps = endpoints(system).flatMap((node) => {
    if (node.kind !== 'endpoint') return [];
    const { gives, takes } = node.backing;
    return gives === null && takes === null
      ? []
      : [[node.id, { gives: inGBps(gives), takes: inGBps(takes) }] as const];
  });
  return new Map(caps);
}

interface Ends {
  readonly from: string;
  readonly to: string;
}

/** Rates of flows that go on together, each at most its share of what media and networks at its ends give and take. */
export function cappedRates(
  flows: readonly Ends[],
  rates: readonly number[],
  system: System,
): readonly number[] {
  const caps = deviceCaps(system);
  const share = (end: string, side: keyof Ends, cap: number) =>
    cap / flows.filter((other) => other[side] === end).length;
  return rates.map((rate, i) => {
    const { from, to } = flows[i] as Ends;
    const { gives = Number.POSITIVE_INFINITY } = caps.get(from) ?? {};
    const { takes = Number.POSITIVE_INFINITY } = caps.get(to) ?? {};
    return Math.min(rate, share(from, 'from', gives), share(to, 'to', takes));
  });
}
