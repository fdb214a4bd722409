import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import type { Scenario } from './parse-scenario.ts';
import type { RunRequest } from './runner.ts';
import { scenarioBuffers } from './scenario-buffers.ts';
import { scenarioFlows } from './scenario-flows.ts';
import { scenarioPages } from './scenario-pages.ts';
import { scenarioStaged } from './scenario-staged.ts';
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
  const { timeline } = scenario.entry;
  const changed = scenarioSystem(scenario, system);
  return {
    system: changed,
    profile,
    flows: scenarioFlows(scenario, changed),
    staged: scenarioStaged(scenario, changed),
    buffers: scenarioBuffers(scenario, changed),
    pages: scenarioPages(scenario, changed),
    seed: seed ?? scenario.entry.seed ?? USUAL_SEED,
    ...(timeline === undefined ? {} : { interval: timeline }),
    until: scenario.entry.until?.time ?? null,
  };
}
