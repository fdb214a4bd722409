import type { RepeatingRecorder } from '../engine/probe.ts';
import type { GrantFact } from '../fabric/facts.ts';
import { Totals } from './totals.ts';

/** Counts, for each channel, the time in ps that TLPs were on it. */
export class ChannelRecorder implements RepeatingRecorder<GrantFact> {
  private readonly totals: Totals;

  constructor(channels: number) {
    this.totals = new Totals(channels);
  }

  get busy(): Float64Array {
    return this.totals.sums;
  }

  add(fact: GrantFact): void {
    const { sums } = this.totals;
    sums[fact.output] = (sums[fact.output] as number) + (fact.end - fact.start);
  }

  mark(): void {
    this.totals.mark();
  }

  repeat(_delta: number, times: number): void {
    this.totals.repeat(times);
  }
}
