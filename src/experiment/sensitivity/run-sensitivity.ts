import type { System } from '../../system/system.ts';
import { withScaledPart } from '../../system/with-scaled-part.ts';
import { partsOf } from '../model-uses.ts';
import type { RunResult } from '../run-result.ts';
import type { Runner } from '../runner.ts';
import { RememberingRunner } from './remembering-runner.ts';
import { runFigures } from './run-figures.ts';
import { type Sensitivity, type SensitivityCase, sensitivity } from './sensitivity.ts';

/** A machine, and what is to be run on it, which may change it further. */
export interface RunSensitivityCase extends Pick<SensitivityCase, 'progress'> {
  readonly system: System;
  readonly resultOn: (system: System, runner: Runner) => RunResult;
}

/** How far each assumed number of a machine moves what a run on it comes to. Rejects as the run throws. */
export function runSensitivity({ system, resultOn, progress }: RunSensitivityCase): Promise<Sensitivity> {
  const runner = new RememberingRunner();
  return sensitivity({
    parts: () => partsOf(system),
    progress,
    figures(change) {
      const result = resultOn(change === null ? system : withScaledPart(system, change), runner);
      runner.rewind();
      return runFigures(result);
    },
  });
}
