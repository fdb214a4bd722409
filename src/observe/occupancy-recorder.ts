import type { RepeatingRecorder } from '../engine/probe.ts';
import type { GrantFact } from '../fabric/facts.ts';
import { Totals } from './totals.ts';

/**
 * How full the queues of each port are, by class: a TLP is there from its head's arrival to its tail's departure, and the
 * mean number of TLPs is the sum of these times over the time observed.
 */
export class OccupancyRecorder implements RepeatingRecorder<GrantFact> {
  /** Sum of the times of stay in ps, and of time x bytes of payload; by 3 x port + class. */
  readonly stay: Float64Array;
  readonly byteStay: Float64Array;
  private readonly stays: Totals;
  private readonly byteStays: Totals;

  constructor(ports: number) {
    this.stays = new Totals(ports * 3);
    this.byteStays = new Totals(ports * 3);
    this.stay = this.stays.sums;
    this.byteStay = this.byteStays.sums;
  }

  add(fact: GrantFact): void {
    const queue = fact.port * 3 + fact.class;
    const time = fact.end - fact.arrived;
    this.stay[queue] = (this.stay[queue] as number) + time;
    this.byteStay[queue] = (this.byteStay[queue] as number) + time * fact.payload;
  }

  mark(): void {
    this.stays.mark();
    this.byteStays.mark();
  }

  repeat(_delta: number, times: number): void {
    this.stays.repeat(times);
    this.byteStays.repeat(times);
  }
}
