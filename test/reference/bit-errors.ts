import { RandomStream } from '../../src/engine/random-stream.ts';
import type { OutputPlan } from '../../src/fabric/plan.ts';

/** A Nak on the wire. */
const NAK_BITS = 64;

/** The bad bits of one channel, as distances from one to the next. */
export class BitErrors {
  private readonly plan: OutputPlan['replay'];
  private readonly stream: RandomStream;
  private goodBits: number;

  constructor({ id, replay }: OutputPlan, seed: string) {
    this.plan = replay;
    this.stream = new RandomStream(seed, `link:${id}`);
    this.goodBits = this.draw();
  }

  /** Time in ps that a TLP loses to bad transmissions, each of `occupancy`, and to the waits for their replays. */
  timeLost(wireBytes: number, occupancy: number): number {
    const { bitErrorRate, timeout, nakReturn } = this.plan;
    let lost = 0;
    while (this.goodBits < wireBytes * 8) {
      lost += occupancy + (this.stream.chance(NAK_BITS * bitErrorRate) ? timeout : nakReturn);
      this.goodBits = this.draw();
    }
    this.goodBits -= wireBytes * 8;
    return lost;
  }

  private draw(): number {
    const { bitErrorRate } = this.plan;
    return bitErrorRate > 0 ? this.stream.exponential(1 / bitErrorRate) : Number.POSITIVE_INFINITY;
  }
}
