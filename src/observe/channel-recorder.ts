import type { RepeatingRecorder } from '../engine/probe.ts';
import type { GrantFact } from '../fabric/facts.ts';
import { Totals } from './totals.ts';

/** Counts, for each channel, the time in ps that TLPs were on it. */
export class ChannelRecorder implements RepeatingRecorder<GrantFact> {
  /** Start of the first TLP on any channel; Infinity before. */
  firstStart = Number.POSITIVE_INFINITY;
  /** By channel: bad transmissions that were replayed. */
  readonly replays: Float64Array;
  private readonly totals: Totals;
  private readonly replayTotals: Totals;
  private readonly busy: Float64Array;
  private readonly lastStart: Float64Array;
  private readonly lastEnd: Float64Array;

  constructor(channels: number) {
    this.totals = new Totals(channels);
    this.busy = this.totals.sums;
    this.replayTotals = new Totals(channels);
    this.replays = this.replayTotals.sums;
    this.lastStart = new Float64Array(channels);
    this.lastEnd = new Float64Array(channels);
  }

  add(fact: GrantFact): void {
    const { output, start, end } = fact;
    if (start < this.firstStart) this.firstStart = start;
    this.busy[output] = (this.busy[output] as number) + (end - start);
    this.lastStart[output] = start;
    this.lastEnd[output] = end;
    if (fact.replays > 0) this.replays[output] = (this.replays[output] as number) + fact.replays;
  }

  /** Time up to `time` that TLPs were on the channel, which may have sent one TLP beyond it. */
  busyUntil(channel: number, time: number): number {
    const [start, end] = [this.lastStart[channel] as number, this.lastEnd[channel] as number];
    return (this.busy[channel] as number) - Math.max(0, end - Math.max(start, time));
  }

  mark(): void {
    this.totals.mark();
  }

  repeat(delta: number, times: number): void {
    this.totals.repeat(times);
    this.replayTotals.repeat(times);
    for (const channel of this.lastEnd.keys()) {
      if (!this.totals.moved(channel)) continue;
      this.lastStart[channel] = (this.lastStart[channel] as number) + times * delta;
      this.lastEnd[channel] = (this.lastEnd[channel] as number) + times * delta;
    }
  }
}
