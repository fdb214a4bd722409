import { StuckError } from '../../engine/stuck-error.ts';
import type { NumberChange } from '../../system/with-scaled-part.ts';
import type { Comparison } from '../compare.ts';
import { type Contestant, runContestant } from '../compare-run.ts';
import { partsOf } from '../model-uses.ts';
import type { Runner } from '../runner.ts';
import type { Figure } from './figure.ts';
import { RememberingRunner } from './remembering-runner.ts';
import { type SensitivityCase, sensitivity } from './sensitivity.ts';
import { type ChangedRates, survival } from './survival.ts';

export interface CompareSensitivityCase extends Pick<SensitivityCase, 'progress'> {
  readonly comparison: Comparison;
  /** The contestants of the comparison with a number changed, or as they are. */
  readonly contestants: (change: NumberChange | null) => readonly Contestant[];
}

/** Null also where the run gets stuck. */
function rateOf(contestant: Contestant, seed: string, runner: Runner): number | null {
  try {
    return runContestant(contestant, seed, runner).rate;
  } catch (error) {
    if (error instanceof StuckError) return null;
    throw error;
  }
}

/** Rates of contestants, each of one run with a seed. */
function ratesOf(seed: string): (contestants: readonly Contestant[]) => readonly Figure[] {
  const runner = new RememberingRunner();
  return (contestants) => {
    const rates = contestants.map((contestant) => ({
      name: `rate of ${contestant.system.name} (GB/s)`,
      value: rateOf(contestant, seed, runner),
    }));
    runner.rewind();
    return rates;
  };
}

/**
 * A comparison, and how far each assumed number moves its rates, and whether the order of its systems survives that: one run of
 * each system for each change, with the seed of the comparison's first runs. Rejects as the runs throw.
 */
export async function compareSensitivity({
  comparison,
  contestants,
  progress,
}: CompareSensitivityCase): Promise<Comparison> {
  const rates = ratesOf(comparison.seed);
  const own = contestants(null);
  const base = rates(own);
  const changed: ChangedRates[] = [];
  const result = await sensitivity({
    parts: () => partsOf(...own.map(({ system }) => system)),
    progress,
    figures(change) {
      if (change === null) return base;
      const under = rates(contestants(change));
      changed.push({ change, rates: under });
      return under;
    },
  });
  const survives = survival(comparison, base, changed);
  const better = comparison.better && { ...comparison.better, ...(survives && { survives }) };
  return { ...comparison, better, sensitivity: result };
}
