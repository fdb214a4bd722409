import { RandomStream } from '../engine/random-stream.ts';
import type { EndpointPlan } from '../fabric/plan.ts';
import type { EnginePlan } from './flow-plan.ts';
import type { FlowStates } from './flow-states.ts';

/** State of one endpoint's DMA engine: its free copies, and what its requests wait for. */
export class DmaEngine {
  readonly number: number;
  readonly plan: EnginePlan;
  readonly place: EndpointPlan;
  /** Flows that this engine initiates. */
  readonly flows: readonly number[];
  /** Pool of its tags (headers) and outstanding bytes (data). */
  readonly pool: number;
  freeCopies: number;
  copyFreeSince = 0;
  /** No copy can begin before. */
  dueAt = 0;
  /** The issue gap is over. */
  nextIssue = 0;
  /** When the last read that lacked a tag or outstanding bytes got them, and whether it lacked bytes. */
  tagsSince = 0;
  lackedBytes = false;
  /** Whether a write and a read request stand in its queues. */
  readonly offered = [false, false];
  private lastFlow = -1;
  private readonly stream: RandomStream;

  constructor(
    number: number,
    plan: EnginePlan,
    place: EndpointPlan,
    flows: readonly number[],
    pool: number,
    seed: string,
  ) {
    this.number = number;
    this.plan = plan;
    this.place = place;
    this.flows = flows;
    this.pool = pool;
    this.freeCopies = plan.copiesInFlight;
    this.stream = new RandomStream(seed, `engine:${place.id}`);
  }

  /** Which of the flows with a transfer wished by `time` comes next. */
  choose(states: FlowStates, time: number): number {
    const ready = this.flows.filter((flow) => states.nextWish(flow) <= time);
    const turn = this.plan.order === 'random' ? this.stream.below(ready.length) : this.afterLast(ready);
    this.lastFlow = ready[turn] as number;
    return this.lastFlow;
  }

  private afterLast(ready: readonly number[]): number {
    const next = ready.findIndex((flow) => flow > this.lastFlow);
    return next < 0 ? 0 : next;
  }
}
