/** Who talks to whom in a benchmark: pairs that it is given, or a group of devices. */
export type Pattern = 'pair' | 'pairs' | 'both-ways' | 'all-to-all' | 'shifted' | 'ring';

type Pair = readonly [from: string, to: string];

/** What a benchmark is given: pairs, or devices and how far on each one's partner is. */
export interface Given {
  readonly pairs: readonly Pair[];
  readonly devices: readonly string[];
  readonly shift: number;
}

/** Whether a pattern is one of a group of devices. */
export const isOfGroup = (pattern: Pattern): boolean =>
  pattern === 'all-to-all' || pattern === 'shifted' || pattern === 'ring';

const shifted = (devices: readonly string[], shift: number): readonly Pair[] =>
  devices.map((from, i) => [from, devices[(i + shift) % devices.length] as string]);

/** The pairs that a pattern makes of what it is given, in the order of the devices. */
export function pairsOf(pattern: Pattern, { pairs, devices, shift }: Given): readonly Pair[] {
  switch (pattern) {
    case 'pair':
    case 'pairs':
      return pairs;
    case 'both-ways':
      return pairs.flatMap(([from, to]): readonly Pair[] => [
        [from, to],
        [to, from],
      ]);
    case 'all-to-all':
      return devices.flatMap((from) => devices.filter((to) => to !== from).map((to): Pair => [from, to]));
    case 'shifted':
      return shifted(devices, shift);
    case 'ring':
      return shifted(devices, 1);
  }
}
