import type { FabricPlan } from '../fabric/plan.ts';
import type { EnginePlan, FlowPlan } from './flow-plan.ts';

/** All that a run needs, as plain data: the fabric, the flows, their engines, and one table of all ways. */
export interface RunPlan {
  readonly fabric: FabricPlan;
  readonly flows: readonly FlowPlan[];
  readonly engines: readonly EnginePlan[];
  /** Outputs of all ways, one way after the other, each ended by -1. */
  readonly ways: Int32Array<ArrayBuffer>;
  /** Where the ways begin: for each flow and destination the request's and the completion's, then those of its ATS, if any. */
  readonly wayStarts: readonly number[];
}

/** Lays the ways of all flows one after the other. */
export function runPlan(
  fabric: FabricPlan,
  flows: readonly FlowPlan[],
  engines: readonly EnginePlan[],
): RunPlan {
  const ways: number[] = [];
  const wayStarts: number[] = [];
  for (const { destinations } of flows) {
    for (const { requestWay, completionWay, ats } of destinations) {
      const translations = ats === null ? [] : [ats.requestWay, ats.answerWay];
      for (const way of [requestWay, completionWay, ...translations]) {
        wayStarts.push(ways.length);
        ways.push(...way, -1);
      }
    }
  }
  return { fabric, flows, engines, ways: Int32Array.from(ways), wayStarts };
}
