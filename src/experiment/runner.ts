import { type PlannedFlows, planFlows } from '../dma/plan-flows.ts';
import type { FlowSpec } from '../dma/flow-spec.ts';
import { runPlan } from '../dma/run-plan.ts';
import { type Recorders, Simulator } from '../dma/simulator.ts';
import { assemble } from '../fabric/assemble.ts';
import { ChannelRecorder } from '../observe/channel-recorder.ts';
import { FlowRecorder } from '../observe/flow-recorder.ts';
import { OccupancyRecorder } from '../observe/occupancy-recorder.ts';
import { WaitRecorder } from '../observe/wait-recorder.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import type { Picoseconds } from '../units.ts';
import type { Accounting } from './accounting.ts';
import type { RunResult } from './run-result.ts';
import { summarise } from './summarise.ts';

export interface RunRequest {
  readonly system: System;
  readonly profile: KernelProfile;
  readonly flows: readonly FlowSpec[];
  readonly seed: string;
  /** Null: until all is delivered, for which every flow needs a number of transfers. */
  readonly until: Picoseconds | null;
  /** By which model each flow's way is counted besides; `wire`, that is none, unless given. */
  readonly accounting?: Accounting;
  /** Listeners beside the usual ones, such as a trace. */
  readonly recorders?: Recorders;
}

/** Runs requests one after the other on one resident engine. */
export class Runner {
  private readonly simulator = new Simulator();

  /** Throws RangeError for flows that the system cannot have, StuckError for runs that do not end. */
  run(request: RunRequest): RunResult {
    const { system, profile, flows, seed, until, recorders = {} } = request;
    const assembly = assemble(system);
    const planned = planFlows({ system, profile, assembly }, flows);
    checkEnds(planned, until);
    const plan = runPlan(
      assembly.plan,
      planned.accepted.map((flow) => flow.plan),
      planned.engines,
    );
    const own = {
      flows: new FlowRecorder(plan.flows.length, until ?? Number.POSITIVE_INFINITY),
      waits: new WaitRecorder(plan.flows.length),
      channels: new ChannelRecorder(plan.fabric.outputs.length),
      occupancy: new OccupancyRecorder(plan.fabric.ports.length),
    };
    const facts = this.simulator.run(plan, {
      seed,
      ...(until === null ? {} : { until }),
      recorders: {
        deliveries: [own.flows, ...(recorders.deliveries ?? [])],
        waits: [own.waits, ...(recorders.waits ?? [])],
        grants: [own.channels, own.occupancy, ...(recorders.grants ?? [])],
        passages: recorders.passages ?? [],
      },
    });
    return summarise(request, planned, plan.fabric, own, facts);
  }
}

function checkEnds({ accepted }: PlannedFlows, until: Picoseconds | null): void {
  const endless = accepted.find(({ spec }) => spec.transfers === null);
  if (endless && until === null) {
    throw new RangeError(
      `flow ${endless.spec.id} has no end: give it transfers, or the scenario a time (until: { time: "1 ms" })`,
    );
  }
}
