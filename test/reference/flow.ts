import type { DestinationPlan, FlowPlan } from '../../src/dma/flow-plan.ts';
import { RandomStream } from '../../src/engine/random-stream.ts';
import type { Agenda } from './agenda.ts';

/** A stream of transfers: when each is wished, where it goes, and what has come of it. Times in ps. */
export class Flow {
  readonly number: number;
  readonly plan: FlowPlan;
  /** Bytes delivered, start of the first request, and the time from the wish to the last byte of each transfer. */
  bytes = 0;
  firstIssue = Number.POSITIVE_INFINITY;
  readonly latencies: number[] = [];
  /** Times of the wishes that have come and that no engine has taken up yet, the oldest first. */
  private readonly wishes: number[] = [];
  private wished = 0;
  private requests = 0;
  private begun = 0;
  private readonly stream: RandomStream;
  private readonly addressStream: RandomStream;
  private readonly agenda: Agenda;

  constructor(number: number, plan: FlowPlan, seed: string, agenda: Agenda) {
    this.number = number;
    this.plan = plan;
    this.stream = new RandomStream(seed, `flow:${plan.id}`);
    this.addressStream = new RandomStream(seed, `flow:${plan.id}:address`);
    this.agenda = agenda;
  }

  /** Sets out: `depth` wishes at the start, or the first of a Poisson process. */
  begin(): void {
    const { load, start } = this.plan;
    if (load.kind === 'driven') throw new RangeError('no software is part of the plain form');
    const count = load.kind === 'closed' ? load.depth : 1;
    const time = load.kind === 'closed' ? start : start + this.gap(load.meanGap);
    for (let i = 0; i < count; i++) this.agenda.at(time, 'return', () => this.wish(time));
  }

  get hasWish(): boolean {
    return this.wishes.length > 0;
  }

  /** Takes up the oldest wish and answers its time; in an open load the next one comes a gap later, maybe before now. */
  takeWish(): number {
    const time = this.wishes.shift() as number;
    const { load } = this.plan;
    if (load.kind !== 'open') return time;
    const next = time + this.gap(load.meanGap);
    if (next <= this.agenda.now) this.wish(next);
    else this.agenda.at(next, 'return', () => this.wish(next));
    return time;
  }

  /** A transfer that was wished at `wished` has ended; a closed load wishes another for it. */
  transferEnded(wished: number): void {
    this.latencies.push(this.agenda.now - wished);
    if (this.plan.load.kind === 'closed') this.wish(this.agenda.now);
  }

  /** Index of a destination; nothing is drawn where there is only one. */
  drawDestination(): number {
    const { length } = this.plan.destinations;
    return length === 1 ? 0 : this.stream.below(length);
  }

  /** Where the next transfer begins. */
  nextAddress(): number {
    const { region, size, access } = this.plan;
    const places = Math.max(1, Math.floor(region / size));
    const number = this.begun++;
    if (places === 1) return 0;
    return size * (access === 'random' ? this.addressStream.below(places) : number % places);
  }

  destination(index: number): DestinationPlan {
    return this.plan.destinations[index] as DestinationPlan;
  }

  /** Number of the next request. */
  nextSerial(): number {
    return this.requests++;
  }

  private wish(time: number): void {
    if (this.wished === this.plan.transfers) return;
    this.wished += 1;
    this.wishes.push(time);
  }

  private gap(mean: number): number {
    return Math.round(this.stream.exponential(mean));
  }
}
