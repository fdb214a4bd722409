import type { Processes } from '../engine/processes.ts';
import type { DmaEngines } from './dma-engines.ts';
import { DrivenFlow, type FlowControl } from './driven-flow.ts';
import type { FlowPlan } from './flow-plan.ts';
import type { RunPlan } from './run-plan.ts';
import type { Host } from './software.ts';

/** The flows of a run that software drives, and what it may do to them. */
export class DrivenFlows implements Host, FlowControl {
  readonly processes: Processes;
  private readonly engines: DmaEngines;
  private plans: readonly FlowPlan[] = [];
  /** By number of the flow. */
  private flows: readonly (DrivenFlow | null)[] = [];

  constructor(engines: DmaEngines) {
    this.engines = engines;
    this.processes = engines.processes;
  }

  reset({ flows }: RunPlan): void {
    this.processes.reset();
    this.plans = flows;
    this.flows = flows.map(({ load }, number) =>
      load.kind === 'driven' ? new DrivenFlow(number, this, this.processes) : null,
    );
  }

  /** Null where no software drives it. */
  of(flow: number): DrivenFlow | null {
    return this.flows[flow] as DrivenFlow | null;
  }

  flow(id: string): DrivenFlow {
    const driven = this.flows[this.plans.findIndex((plan) => plan.id === id)];
    if (!driven) throw new RangeError(`no flow "${id}" is driven by software`);
    return driven;
  }

  wish(flow: number): void {
    const { now } = this.processes;
    this.engines.flows.wish(flow, now);
    this.engines.mayWish(flow, now);
  }

  invalidate(flow: number): boolean {
    return this.engines.invalidations.sendNow(flow);
  }

  forget(flow: number): boolean {
    const { destinations, region } = this.plans[flow] as FlowPlan;
    let any = false;
    for (const { pages, ats } of destinations) {
      const plan = pages ?? ats?.pages ?? null;
      if (plan === null) continue;
      this.engines.fabric.translations.forget(plan.first, Math.ceil(region / plan.bytes));
      any = true;
    }
    return any;
  }
}
