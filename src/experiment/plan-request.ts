import type { FlowSpec } from '../dma/flow-spec.ts';
import { lifeFlows } from '../dma/life/life-flows.ts';
import { pagesFlows } from '../dma/pages/pages-flows.ts';
import { type PlannedFlows, planFlows } from '../dma/plan-flows.ts';
import { ringFlows } from '../dma/ring/ring-flows.ts';
import { type RunPlan, runPlan } from '../dma/run-plan.ts';
import { stagingFlows } from '../dma/staging/staging-flows.ts';
import { assemble } from '../fabric/assemble.ts';
import type { Picoseconds } from '../units.ts';
import type { RunRequest } from './runner.ts';

/** A request made ready to run. */
export interface PlannedRequest {
  readonly planned: PlannedFlows;
  readonly plan: RunPlan;
}

function checkEnds(flows: readonly Pick<FlowSpec, 'id' | 'transfers'>[], until: Picoseconds | null): void {
  const endless = flows.find(({ transfers }) => transfers === null);
  if (endless && until === null) {
    throw new RangeError(
      `flow ${endless.id} has no end: give it transfers, or the scenario a time (until: { time: "1 ms" })`,
    );
  }
}

/**
 * Assembles the system of a request and plans all its flows: those asked for, and those that its drivers may need. Throws
 * RangeError for flows that the system cannot have, and for one without an end in a run without one.
 */
export function planRequest(request: RunRequest): PlannedRequest {
  const { system, profile, flows, buffers = [], staged = [], pages = [], rings = [], until } = request;
  const assembly = assemble(system);
  const driven = [
    ...buffers.flatMap(lifeFlows),
    ...staged.flatMap(stagingFlows),
    ...pages.flatMap(pagesFlows),
    ...rings.flatMap(ringFlows),
  ];
  checkEnds([...flows, ...staged], until);
  const planned = planFlows({ system, profile, assembly }, [...flows, ...driven]);
  const plans = planned.accepted.map((flow) => flow.plan);
  return { planned, plan: runPlan(assembly.plan, plans, planned.engines) };
}
