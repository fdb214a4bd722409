import { RandomStream } from '../engine/random-stream.ts';
import { TimeLists } from '../engine/time-lists.ts';
import type { FlowPlan } from './flow-plan.ts';

/** What each flow has wished and counted: transfers that wait for the engine, in order of their wishes. */
export class FlowStates {
  private flows: readonly FlowPlan[] = [];
  private readonly wishes = new TimeLists();
  private taken = new Float64Array(0);
  private completed = new Float64Array(0);
  private lastEnd = new Float64Array(0);
  private serials = new Int32Array(0);
  private started = new Float64Array(0);
  private streams: RandomStream[] = [];
  private addressStreams: RandomStream[] = [];

  reset(flows: readonly FlowPlan[], seed: string): void {
    this.flows = flows;
    this.wishes.reset(flows.length);
    this.taken = new Float64Array(flows.length);
    this.completed = new Float64Array(flows.length);
    this.lastEnd = new Float64Array(flows.length);
    this.serials = new Int32Array(flows.length);
    this.started = new Float64Array(flows.length);
    this.streams = flows.map(({ id }) => new RandomStream(seed, `flow:${id}`));
    this.addressStreams = flows.map(({ id }) => new RandomStream(seed, `flow:${id}:address`));
    for (const [flow, { load, start }] of flows.entries()) {
      if (load.kind === 'open') this.wish(flow, start + this.gap(flow, load.meanGap));
      if (load.kind === 'closed') for (let i = 0; i < load.depth; i++) this.wish(flow, start);
    }
  }

  /** The flow wishes a transfer at `time`. */
  wish(flow: number, time: number): void {
    this.wishes.insert(flow, time, 0);
  }

  /** When the flow's oldest wish that no engine has taken came or will come; Infinity: none is known. */
  nextWish(flow: number): number {
    const none = (this.taken[flow] as number) >= (this.flows[flow] as FlowPlan).transfers;
    return none ? Number.POSITIVE_INFINITY : this.wishes.firstTime(flow);
  }

  /** Takes the oldest wish; an open load draws the next. */
  takeWish(flow: number): number {
    const at = this.wishes.firstTime(flow);
    this.wishes.removeFirst(flow);
    this.taken[flow] = (this.taken[flow] as number) + 1;
    const { load } = this.flows[flow] as FlowPlan;
    if (load.kind === 'open') this.wish(flow, at + this.gap(flow, load.meanGap));
    return at;
  }

  /** A transfer has ended at `time`; a closed load wishes another for it. The earliest wishes count, up to `transfers`. */
  complete(flow: number, time: number): void {
    this.completed[flow] = (this.completed[flow] as number) + 1;
    this.lastEnd[flow] = Math.max(this.lastEnd[flow] as number, time);
    if ((this.flows[flow] as FlowPlan).load.kind === 'closed') this.wish(flow, time);
  }

  /** Index of the destination of the flow's next draw. */
  drawDestination(flow: number): number {
    const { length } = (this.flows[flow] as FlowPlan).destinations;
    return length === 1 ? 0 : (this.streams[flow] as RandomStream).below(length);
  }

  /** Where the flow's next transfer begins within its region, in bytes. */
  nextAddress(flow: number): number {
    const { region, size, access } = this.flows[flow] as FlowPlan;
    const places = Math.max(1, Math.floor(region / size));
    if (places === 1) return 0;
    if (access === 'random') return (this.addressStreams[flow] as RandomStream).below(places) * size;
    const place = this.started[flow] as number;
    this.started[flow] = place + 1 < places ? place + 1 : 0;
    return place * size;
  }

  nextSerial(flow: number): number {
    const serial = this.serials[flow] as number;
    this.serials[flow] = serial + 1;
    return serial;
  }

  /** Whether the flow has a transfer that has not ended before `time`. */
  isOpenAt(flow: number, time: number): boolean {
    const all = (this.completed[flow] as number) >= (this.flows[flow] as FlowPlan).transfers;
    return !all || (this.lastEnd[flow] as number) >= time;
  }

  /** When the last of all transfers that have ended did. */
  endedAt(): number {
    return Math.max(0, ...this.lastEnd);
  }

  /** Ids of the flows that have not ended all their transfers; software's are its own affair. */
  unfinished(): readonly string[] {
    return this.flows
      .filter(
        ({ transfers, load }, flow) => load.kind !== 'driven' && (this.completed[flow] as number) < transfers,
      )
      .map(({ id }) => id);
  }

  private gap(flow: number, mean: number): number {
    return Math.round((this.streams[flow] as RandomStream).exponential(mean));
  }
}
