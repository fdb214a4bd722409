import type { RepeatingRecorder } from '../engine/probe.ts';
import type { DeliveryFact } from '../fabric/facts.ts';
import { type FlowSummary, FlowTally } from './flow-tally.ts';

/** Counts what each flow delivers. */
export class FlowRecorder implements RepeatingRecorder<DeliveryFact> {
  private readonly tallies: readonly FlowTally[];
  private readonly until: number;

  /** What arrives after `until` is not counted: deliveries are stated when the TLP starts on its last channel. */
  constructor(flows: number, until = Number.POSITIVE_INFINITY) {
    this.until = until;
    this.tallies = Array.from({ length: flows }, () => new FlowTally());
  }

  add(fact: DeliveryFact): void {
    if (fact.time > this.until) return;
    const tally = this.tallies[fact.flow] as FlowTally;
    tally.add(fact.payload, fact.issued, fact.time);
    if (fact.last && fact.ended <= this.until) tally.addTransfer(fact.ended - fact.wished);
  }

  mark(): void {
    for (const tally of this.tallies) tally.mark();
  }

  repeat(delta: number, times: number): void {
    for (const tally of this.tallies) tally.repeat(delta, times);
  }

  summary(flow: number): FlowSummary {
    return (this.tallies[flow] as FlowTally).summary();
  }
}
