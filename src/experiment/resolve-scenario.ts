import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import type { Scenario } from './parse-scenario.ts';
import type { RunRequest } from './runner.ts';
import { scenarioFlows } from './scenario-flows.ts';
import { scenarioSystem } from './scenario-system.ts';

/** Seed of runs that name none. */
export const USUAL_SEED = '1';

export interface ScenarioSetting {
  readonly system: System;
  readonly profile: KernelProfile;
  /** Instead of the scenario's. */
  readonly seed?: string | null;
}

/** What is to be run: a scenario on a system, which need not be the one it names. Throws ModelError as its steps do. */
export function resolveScenario(scenario: Scenario, { system, profile, seed }: ScenarioSetting): RunRequest {
  const changed = scenarioSystem(scenario, system);
  return {
    system: changed,
    profile,
    flows: scenarioFlows(scenario, changed),
    seed: seed ?? scenario.entry.seed ?? USUAL_SEED,
    until: scenario.entry.until?.time ?? null,
  };
}
