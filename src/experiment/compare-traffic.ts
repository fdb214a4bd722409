import { type FlowSpec, flowSpec } from '../dma/flow-spec.ts';
import type { Bytes } from '../units.ts';

/** Traffic that any set of devices can have: all write to all others, or each of the first half to its counterpart in the second. */
export type TrafficName = 'all-to-all' | 'pairs';

export interface Traffic {
  readonly name: TrafficName;
  /** Of one copy. */
  readonly size: Bytes;
  /** Copies of each flow, two of which are under way. */
  readonly copies: number;
}

function pairsOf(devices: readonly string[], name: TrafficName): readonly (readonly [string, string])[] {
  switch (name) {
    case 'all-to-all':
      return devices.flatMap((from) => devices.filter((to) => to !== from).map((to) => [from, to] as const));
    case 'pairs': {
      const half = Math.floor(devices.length / 2);
      return devices.slice(0, half).map((from, i) => [from, devices[i + half] ?? from] as const);
    }
  }
}

/** The flows of a traffic among devices; all write the same number of bytes. */
export const compareTraffic = (
  devices: readonly string[],
  { name, size, copies }: Traffic,
): readonly FlowSpec[] =>
  pairsOf(devices, name).map(([from, to]) =>
    flowSpec({ from: [from], to: [to], size, transfers: copies, depth: Math.min(2, copies) }),
  );
