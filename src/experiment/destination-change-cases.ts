import { parseBytes } from '../units.ts';

const pairs = (first: string, second: string) => [first.split(' '), second.split(' ')] as [string, string][];

/** Two GPUs of the machine of the published collapse and their peers, by what the root complex sees of them. */
export const DESTINATION_PATTERNS = [
  { pattern: 'writes to two root ports', op: 'write', pairs: pairs('gpu0 gpu4', 'gpu1 gpu6') },
  { pattern: 'writes to one root port', op: 'write', pairs: pairs('gpu0 gpu4', 'gpu1 gpu5') },
  { pattern: 'reads from two root ports', op: 'read', pairs: pairs('gpu4 gpu0', 'gpu6 gpu1') },
] as const;

/** What each GPU moves. */
export const COPIES = { size: parseBytes('1 MiB'), transfers: 8, depth: 2 } as const;

export const WAITS_NS: readonly number[] = [0, 2, 5, 10, 15, 20, 30, 47, 70, 95];
