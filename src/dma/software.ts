import type { Processes } from '../engine/processes.ts';
import type { DrivenFlow } from './driven-flow.ts';

/** What software of a run works with. */
export interface Host {
  readonly processes: Processes;
  /** A flow of the plan with a driven load, by its id. Throws RangeError. */
  flow(id: string): DrivenFlow;
}

/** Drivers and kernels of a run: programs that post the transfers of driven flows. */
export interface Software {
  /** Starts its processes; called once, before the first event. */
  start(host: Host): void;
  /** What has not come to its end when nothing is pending any more, for messages; none where all is well. */
  unfinished(): readonly string[];
}
