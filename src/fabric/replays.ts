import { RandomStream } from '../engine/random-stream.ts';
import type { OutputPlan } from './plan.ts';

/** Bits of a Nak on the wire (PCIe Base Specification 5.0, section 3.5: DLLPs of 8 B with their framing). */
const NAK_BITS = 64;

/**
 * Bit errors of all links. A transmission with a bad bit is thrown away by the receiver, with all that follow it until it is
 * sent again: so the link is as good as busy until the Nak has come back, or the replay timer has expired where a bit of the
 * Nak is bad as well. Source: PCIe Base Specification 5.0, sections 3.6.2 and 3.6.3.
 */
export class Replays {
  /** Whether there are bit errors on any output, and by output. */
  any = false;
  active = new Uint8Array(0);
  private streams: (RandomStream | null)[] = [];
  private bitsLeft = new Float64Array(0);
  private outputs: readonly OutputPlan[] = [];

  reset(outputs: readonly OutputPlan[], seed: string): void {
    this.outputs = outputs;
    this.active = Uint8Array.from(outputs, ({ replay }) => (replay.bitErrorRate > 0 ? 1 : 0));
    this.any = this.active.includes(1);
    this.streams = outputs.map(({ id }, output) =>
      this.active[output] === 1 ? new RandomStream(seed, `link:${id}`) : null,
    );
    this.bitsLeft = Float64Array.from(outputs, (_, output) => this.nextError(output));
  }

  /** Bad transmissions of a TLP before the good one, each of which adds its own time and that until the replay to `lost`. */
  transmit(output: number, wireBytes: number, occupancy: number): number {
    const bits = wireBytes * 8;
    let left = (this.bitsLeft[output] as number) - bits;
    let replays = 0;
    this.lost = 0;
    for (; left < 0; replays++) {
      this.lost += occupancy + this.untilReplay(output);
      left = this.nextError(output) - bits;
    }
    this.bitsLeft[output] = left;
    return replays;
  }

  /** Time that the last TLP lost to bad transmissions. */
  lost = 0;

  private untilReplay(output: number): number {
    const { bitErrorRate, timeout, nakReturn } = (this.outputs[output] as OutputPlan).replay;
    return this.streams[output]?.chance(NAK_BITS * bitErrorRate) ? timeout : nakReturn;
  }

  /** Good bits until the next bad one. */
  private nextError(output: number): number {
    const rate = this.outputs[output]?.replay.bitErrorRate ?? 0;
    return this.streams[output]?.exponential(1 / rate) ?? Number.POSITIVE_INFINITY;
  }
}
