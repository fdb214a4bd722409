import { partsOf } from '../model-uses.ts';
import type { ExperimentRounds } from './experiment-rounds.ts';
import type { Figure } from './figure.ts';
import { type Sensitivity, type SensitivityCase, sensitivity } from './sensitivity.ts';

/**
 * How far each assumed number of an experiment's machines moves the quantities in its tables; `base` are those of its first round,
 * which has been made. Rejects as the experiment does.
 */
export const experimentSensitivity = (
  rounds: ExperimentRounds,
  base: readonly Figure[],
  progress: SensitivityCase['progress'],
): Promise<Sensitivity> =>
  sensitivity({
    figures: (change) => (change === null ? base : rounds.figures(change)),
    parts: () => partsOf(...rounds.systems()),
    progress,
  });
