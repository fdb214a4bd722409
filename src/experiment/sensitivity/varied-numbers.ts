import type { Part } from '../../system/part.ts';
import { scaledPart } from '../../system/scaled-part.ts';
import { type AssumedNumber, assumedNumbers } from './assumed-numbers.ts';

/** By how much numbers are changed, in percent. */
export const CHANGE_PCT = 20;

const FACTORS = { less: 1 - CHANGE_PCT / 100, more: 1 + CHANGE_PCT / 100 };

/** An assumed number with its factors down and up; null where it cannot go that way. */
export interface VariedNumber {
  readonly number: AssumedNumber;
  readonly less: number | null;
  readonly more: number | null;
}

/** The assumed numbers of some parts by whether they have another one in proportion, on either side or not at all. */
export function variedNumbers(parts: readonly Part[]): {
  readonly varied: readonly VariedNumber[];
  readonly unvaried: readonly AssumedNumber[];
} {
  const all = parts.flatMap((part) => {
    const factor = (path: string, side: 'less' | 'more'): number | null =>
      scaledPart(part, path, FACTORS[side]) === null ? null : FACTORS[side];
    return assumedNumbers([part]).map((number) => ({
      number,
      less: factor(number.path, 'less'),
      more: factor(number.path, 'more'),
    }));
  });
  const isVaried = ({ less, more }: VariedNumber): boolean => less !== null || more !== null;
  return {
    varied: all.filter(isVaried),
    unvaried: all.filter((one) => !isVaried(one)).map(({ number }) => number),
  };
}
