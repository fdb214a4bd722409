import type { CreditPools } from './credit-pools.ts';
import type { Outputs } from './outputs.ts';
import type { FabricPlan } from './plan.ts';
import { poolNumbers } from './pool-numbers.ts';
import type { TlpStore } from './tlp-store.ts';

/** What the fabric lends to it. */
interface Lender {
  readonly tlps: TlpStore;
  readonly outputs: Outputs;
  readonly pools: CreditPools;
  free(pool: number, data: number, time: number): void;
  wake(output: number, time: number): void;
}

/**
 * What TLPs hold in the buffers behind outputs: credits of their class, or places in a buffer that ports share; and places in
 * replay buffers.
 */
export class HeldCredits {
  private readonly lender: Lender;
  private readonly tlps: TlpStore;
  private readonly outputs: Outputs;
  private readonly pools: CreditPools;
  private replayPools = 0;
  /** Whether any output has a replay buffer with an end; by output, after which time one gets free, -1 where it has none. */
  private keepsCopies = false;
  private ackReturn = new Float64Array(0);
  private shares = false;
  private sharedPool = new Int32Array(0);
  /** By output: outputs that lead into the same shared buffer. */
  private feeders: readonly (readonly number[])[] = [];

  constructor(lender: Lender) {
    this.lender = lender;
    this.tlps = lender.tlps;
    this.outputs = lender.outputs;
    this.pools = lender.pools;
  }

  reset(plan: FabricPlan): void {
    const { outputs, sharedBuffers } = plan;
    const numbers = poolNumbers(plan);
    this.replayPools = numbers.replay;
    this.ackReturn = Float64Array.from(outputs, ({ replay }) =>
      replay.buffer === null ? -1 : replay.ackReturn,
    );
    this.shares = sharedBuffers.length > 0;
    this.keepsCopies = outputs.some(({ replay }) => replay.buffer !== null);
    this.sharedPool = Int32Array.from(outputs, ({ sharedBuffer }) => numbers.shared + sharedBuffer);
    this.feeders = outputs.map(({ sharedBuffer }) =>
      [...outputs.keys()].filter(
        (other) => sharedBuffer >= 0 && outputs[other]?.sharedBuffer === sharedBuffer,
      ),
    );
  }

  /** The TLP that is granted the output, whose `freeAt` is its end, takes what it needs behind it. */
  take(tlp: number, output: number, shared: number): void {
    const { tlps, outputs, pools } = this;
    const data = tlps.dataCredits[tlp] as number;
    tlps.held[tlp] = data;
    if (this.shares) tlps.shared[tlp] = shared;
    if (shared === 0) pools.take(output * 3 + (tlps.class[tlp] as number), data);
    else pools.take(this.sharedPool[output] as number, data + 1);
    if (!this.keepsCopies || (this.ackReturn[output] as number) < 0) return;
    const bytes = (tlps.bytes[tlp] as number) + (outputs.framing[output] as number);
    const acked = (outputs.freeAt[output] as number) + (this.ackReturn[output] as number);
    pools.take(this.replayPools + output, bytes);
    this.lender.free(this.replayPools + output, bytes, acked);
  }

  /** The TLP has left the buffer to which it came at `time`. */
  giveBack(tlp: number, time: number): void {
    const { tlps, outputs } = this;
    const data = tlps.held[tlp] as number;
    if (data < 0) return;
    const via = tlps.via[tlp] as number;
    const announced = outputs.updates ? outputs.updateAfter(via, time) : time;
    const back = announced + (outputs.creditReturn[via] as number);
    if (!this.shares || tlps.shared[tlp] === 0) {
      this.lender.free(via * 3 + (tlps.class[tlp] as number), data, back);
      return;
    }
    this.pools.giveBack(this.sharedPool[via] as number, data + 1, back);
    for (const output of this.feeders[via] as readonly number[]) this.lender.wake(output, back);
  }
}
