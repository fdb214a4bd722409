import type { System } from '../../system/system.ts';
import type { PlannedRequest } from '../plan-request.ts';
import type { RunRequest } from '../runner.ts';
import { type ReachedPlan, reachedPlan } from './reached-plan.ts';

/** All that the result of a run depends on; where it is the same, as `sameData` says, so is the result. */
export interface RunInputs {
  /** What is asked, without system and recorders. */
  readonly request: unknown;
  /** The system without its parts, whose numbers are in the plan as far as they matter. */
  readonly machine: unknown;
  readonly plan: ReachedPlan;
  /** Numbers of the parts that drivers go by; none where the run has no drivers. */
  readonly software: readonly unknown[];
}

const partless = <T>(holder: T) => ({ ...holder, part: null });

const machineOf = (system: System): unknown => ({
  ...system,
  sockets: system.sockets.map(partless),
  nodes: Object.values(system.nodes).map(partless),
});

/** Drivers of shared buffers map and mend tables, those of staged flows wait for interrupts; those of peer memory have no such numbers. */
function driverNumbers({ system, buffers = [], staged = [] }: RunRequest): readonly unknown[] {
  const kernels = system.sockets.map(({ part }) => part.kernel);
  const tables = Object.values(system.nodes).map((node) =>
    node.kind === 'endpoint' ? node.part.table : null,
  );
  return [
    buffers.length > 0 && [tables, kernels.map(({ mapLatency, unmapLatency }) => [mapLatency, unmapLatency])],
    staged.length > 0 && kernels.map(({ interruptLatency }) => interruptLatency),
  ];
}

/** What a request comes to when it is run. */
export const runInputs = (request: RunRequest, { plan }: PlannedRequest): RunInputs => ({
  request: { ...request, system: null, recorders: null },
  machine: machineOf(request.system),
  plan: reachedPlan(plan),
  software: driverNumbers(request),
});
