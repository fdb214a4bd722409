import { PendingEvents } from '../engine/pending-events.ts';
import type { Recorder } from '../engine/probe.ts';
import { StuckError } from '../engine/stuck-error.ts';
import type { DeliveryFact, GrantFact, PassageFact, WaitFact } from '../fabric/facts.ts';
import { type Picoseconds, picoseconds } from '../units.ts';
import { DmaEngines } from './dma-engines.ts';
import type { RunPlan } from './run-plan.ts';
import type { Software } from './software.ts';

/** Who listens to a run, by kind of fact. */
export interface Recorders {
  readonly grants?: readonly Recorder<GrantFact>[];
  readonly waits?: readonly Recorder<WaitFact>[];
  readonly passages?: readonly Recorder<PassageFact>[];
  readonly deliveries?: readonly Recorder<DeliveryFact>[];
}

export interface RunSettings {
  readonly seed: string;
  /** The run ends when all is delivered, or at this time. */
  readonly until?: Picoseconds;
  readonly recorders?: Recorders;
  /** What drives the plan's driven flows. */
  readonly software?: Software;
}

/** What the engine did: simulated time at the end, events, and TLPs made. */
export interface RunFacts {
  readonly end: Picoseconds;
  readonly events: number;
  readonly tlps: number;
}

/**
 * One engine that is used for run after run: its arrays are reset and grown, never made anew, which V8 rewards. Make one for
 * a process and keep it.
 */
export class Simulator {
  private readonly events = new PendingEvents();
  private readonly engines = new DmaEngines(this.events);

  /** Runs a plan to its end; throws StuckError when packets stay under way. */
  run(plan: RunPlan, { seed, until, recorders = {}, software }: RunSettings): RunFacts {
    const { fabric, arrivals, flows } = this.engines;
    this.events.reset();
    fabric.statements.grants.clear();
    fabric.statements.waits.clear();
    fabric.statements.passages.clear();
    arrivals.deliveries.clear();
    for (const recorder of recorders.grants ?? []) fabric.statements.grants.attach(recorder);
    for (const recorder of recorders.waits ?? []) fabric.statements.waits.attach(recorder);
    for (const recorder of recorders.passages ?? []) fabric.statements.passages.attach(recorder);
    for (const recorder of recorders.deliveries ?? []) arrivals.deliveries.attach(recorder);
    this.engines.reset(plan, seed);
    software?.start(this.engines.driven);
    fabric.run(until ?? picoseconds(Number.POSITIVE_INFINITY));
    const unfinished = flows.unfinished();
    const left = [
      ...unfinished.map((id) => `flow ${id} has transfers left, but nothing to wait for`),
      ...(software?.unfinished() ?? []),
    ];
    if (until === undefined && left.length > 0) throw new StuckError(this.events.now, left);
    // an invalidation that has become needless is no part of the run
    const over =
      unfinished.length === 0 && software === undefined ? flows.endedAt() : Number.POSITIVE_INFINITY;
    return {
      end: picoseconds(Math.min(this.events.now, over)),
      events: this.events.taken,
      tlps: fabric.tlps.made,
    };
  }
}
