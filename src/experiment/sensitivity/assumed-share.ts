import type { Part } from '../../system/part.ts';
import { assumedNumbers } from './assumed-numbers.ts';

/** How many of the numbers that a result rests on are assumed. */
export interface AssumedShare {
  readonly numbers: number;
  readonly assumed: number;
  /** Of all numbers; 0 where there are none. */
  readonly share: number;
}

/** The share of assumed numbers among all those of some parts. */
export function assumedShare(parts: readonly Part[]): AssumedShare {
  const numbers = parts.reduce((sum, { provenance }) => sum + provenance.length, 0);
  const assumed = assumedNumbers(parts).length;
  return { numbers, assumed, share: numbers === 0 ? 0 : assumed / numbers };
}
