import type { NumberChange } from '../../system/with-scaled-part.ts';
import type { Comparison } from '../compare.ts';
import type { Figure } from './figure.ts';

/** Whether the best of several systems stays the best. */
export interface Survival {
  /** How many changes were tried, each of one number one way. */
  readonly changes: number;
  /** Those under which another system is as good or better. */
  readonly flips: readonly NumberChange[];
}

/** Rates of one run of each system under a change, in the order of the systems. */
export interface ChangedRates {
  readonly change: NumberChange;
  readonly rates: readonly Figure[];
}

/**
 * A system's mean rate, moved as the change moves the rate of the run that has been made with it and without it: so the spread of
 * runs, which is alike in both, does not count. 0 where a run got stuck.
 */
const estimate = (
  mean: number | null,
  base: number | null | undefined,
  changed: number | null | undefined,
) => (mean && base && changed ? (mean * changed) / base : 0);

/** What becomes of the order of a comparison; null where it names no better system. */
export function survival(
  { better, systems }: Comparison,
  base: readonly Figure[],
  changed: readonly ChangedRates[],
): Survival | null {
  if (better === null) return null;
  const best = systems.findIndex(({ system }) => system === better.system);
  const flips = changed.filter(({ rates }) => {
    const all = systems.map(({ rate_GBps }, i) => estimate(rate_GBps, base[i]?.value, rates[i]?.value));
    return all.some((rate, i) => i !== best && rate >= (all[best] ?? 0));
  });
  return { changes: changed.length, flips: flips.map(({ change }) => change) };
}
