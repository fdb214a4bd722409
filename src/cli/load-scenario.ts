import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { listKernelProfiles } from '../node/load-kernel.ts';
import { listSystems, loadSystem } from '../node/load-system.ts';
import { readText } from '../node/read-text.ts';
import { shownPath } from '../node/shown-path.ts';
import { parseScenario, type Scenario } from '../experiment/parse-scenario.ts';
import { remedyFor } from '../experiment/scenario-system.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import type { Invocation } from './invocation.ts';
import { announcedKernel } from './pick-kernel.ts';

/** A scenario's file. Throws ModelError. */
export const loadScenario = (file: string): Scenario => parseScenario(readText(file), shownPath(file));

const isPath = (name: string): boolean => /^\.{0,2}\//.test(name);

/** The system that a scenario names: one of this package, or a file whose path counts from the scenario's. Throws ModelError. */
export function loadSystemOf({ file, entry, problem }: Scenario): System {
  const path = isPath(entry.system) ? resolve(dirname(file), entry.system) : entry.system;
  const known = listSystems();
  if (!known.includes(path) && !existsSync(path)) {
    const expected = 'the name of a system, or the path of its file, beginning with ./';
    const remedy = isPath(entry.system)
      ? 'check the path, which counts from the scenario'
      : remedyFor(entry.system, known);
    throw problem(['system'], { expected, remedy });
  }
  return loadSystem(path);
}

/** The kernel profile of `--kernel`, else the scenario's, else the system's, else the newest. Throws ModelError and RangeError. */
export function kernelOf(
  { entry, problem }: Scenario,
  system: System,
  invocation: Invocation,
): KernelProfile {
  const known = listKernelProfiles();
  if (entry.kernel !== undefined && !known.includes(entry.kernel)) {
    throw problem(['kernel'], { expected: 'a kernel profile', remedy: remedyFor(entry.kernel, known) });
  }
  return announcedKernel(invocation.value('kernel') ?? entry.kernel ?? system.kernel, invocation);
}
