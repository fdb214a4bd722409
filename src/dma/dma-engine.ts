import { RandomStream } from '../engine/random-stream.ts';
import type { EndpointPlan } from '../fabric/plan.ts';
import type { EnginePlan } from './flow-plan.ts';
import type { FlowStates } from './flow-states.ts';

/** State of one endpoint's DMA engine: its free copies, and what its requests wait for. */
export class DmaEngine {
  readonly number: number;
  readonly plan: EnginePlan;
  readonly place: EndpointPlan;
  /** Flows that this engine initiates: those that write, and the others. */
  readonly flows: readonly [writes: readonly number[], reads: readonly number[]];
  /** Pool of its tags (headers) and outstanding bytes (data). */
  readonly pool: number;
  /** No copy can begin before. */
  dueAt = 0;
  /** The issue gap is over. */
  nextIssue = 0;
  /** The gap between writes, and the setup of a turn, are over. */
  nextWrite = 0;
  /** When the last read that lacked a tag or outstanding bytes got them, and whether it lacked bytes. */
  tagsSince = 0;
  lackedBytes = false;
  /** Whether a write and a read request stand in its queues. */
  readonly offered = [false, false];
  private readonly lastFlow = [-1, -1];
  private readonly streams: readonly RandomStream[];

  constructor(
    number: number,
    plan: EnginePlan,
    place: EndpointPlan,
    flows: DmaEngine['flows'],
    pool: number,
    seed: string,
  ) {
    this.number = number;
    this.plan = plan;
    this.place = place;
    this.flows = flows;
    this.pool = pool;
    this.streams = ['', ':reads'].map((kind) => new RandomStream(seed, `engine:${place.id}${kind}`));
  }

  /** When a request of the class may start. */
  mayStart(posted: boolean): number {
    return posted ? Math.max(this.nextIssue, this.nextWrite) : this.nextIssue;
  }

  /** A request has started; `turnEnd` is when a write that is the last of its turn has ended, else -Infinity. */
  started(posted: boolean, start: number, turnEnd: number): void {
    const { issueGap, writeGap, writeSetup } = this.plan;
    this.nextIssue = start + issueGap;
    if (posted) this.nextWrite = Math.max(start + writeGap, turnEnd + writeSetup);
  }

  /** When a read copy of so many bytes ends whose last data comes at `time`. */
  landed(bytes: number, time: number): number {
    const { latency, rate } = this.plan.landing;
    return time + latency + (rate === null ? 0 : Math.round((bytes * 1e12) / rate));
  }

  /** Which of the flows of a kind (0 writes, 1 reads) with a transfer wished by `time` comes next. */
  choose(kind: number, states: FlowStates, time: number): number {
    const own = this.flows[kind] as readonly number[];
    const ready = own.filter((flow) => states.nextWish(flow) <= time);
    const drawn = this.plan.order === 'random';
    const turn = drawn
      ? (this.streams[kind] as RandomStream).below(ready.length)
      : this.afterLast(kind, ready);
    const flow = ready[turn] as number;
    this.lastFlow[kind] = flow;
    return flow;
  }

  private afterLast(kind: number, ready: readonly number[]): number {
    const next = ready.findIndex((flow) => flow > (this.lastFlow[kind] as number));
    return next < 0 ? 0 : next;
  }
}
