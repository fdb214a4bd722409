import type { Picoseconds } from '../units.ts';
import type { CreditPools } from './credit-pools.ts';
import type { DestinationChanges } from './destination-changes.ts';
import type { Initiator } from './initiator.ts';
import type { Order } from './order.ts';
import type { Outputs } from './outputs.ts';
import type { FabricPlan } from './plan.ts';
import { poolNumbers } from './pool-numbers.ts';
import type { Queues } from './queues.ts';
import { CREDITS, REPLAY_BUFFER, SHARED_BUFFER } from './resources.ts';
import type { TlpStore } from './tlp-store.ts';

interface Parts {
  readonly tlps: TlpStore;
  readonly queues: Queues;
  readonly outputs: Outputs;
  readonly pools: CreditPools;
  readonly order: Order;
  readonly changes: DestinationChanges;
  readonly initiator: Initiator;
  readonly clock: { readonly now: Picoseconds };
}

/** Whether a head can leave through the output that it wants; the fields say more of the last that was asked for. */
export class Eligibility {
  /** When a head that cannot leave may be able to, as far as is known. */
  at = 0;
  /** When the last of the credits or buffers of one that can leave had come, and the kind of resource that it is. */
  creditTime = 0;
  creditKind = 0;
  /** Whether it takes from the shared buffer. */
  shared = 0;
  private readonly tlps: Parts['tlps'];
  private readonly queues: Parts['queues'];
  private readonly outputs: Parts['outputs'];
  private readonly pools: Parts['pools'];
  private readonly order: Parts['order'];
  private readonly changes: Parts['changes'];
  private readonly initiator: Parts['initiator'];
  private readonly clock: Parts['clock'];
  private sharedPool = new Int32Array(0);
  private replayPools = 0;
  /** Whether any output has a replay buffer with an end. */
  private keepsCopies = false;

  constructor(parts: Parts) {
    this.tlps = parts.tlps;
    this.queues = parts.queues;
    this.outputs = parts.outputs;
    this.pools = parts.pools;
    this.order = parts.order;
    this.changes = parts.changes;
    this.initiator = parts.initiator;
    this.clock = parts.clock;
  }

  reset(plan: FabricPlan): void {
    const numbers = poolNumbers(plan);
    this.replayPools = numbers.replay;
    this.keepsCopies = plan.outputs.some(({ replay }) => replay.buffer !== null);
    this.sharedPool = Int32Array.from(plan.outputs, ({ sharedBuffer }) =>
      sharedBuffer < 0 ? -1 : numbers.shared + sharedBuffer,
    );
  }

  /** Whether the head of a queue can leave through the output now. */
  check(queue: number, output: number): boolean {
    const { tlps, queues, initiator, changes, clock } = this;
    const tlp = queues.head[queue] as number;
    const port = queues.port[queue] as number;
    this.at = Math.max(tlps.ready[tlp] as number, queues.readableAt[port] as number);
    if (this.at > clock.now) return false;
    if (this.order.holdsBack(tlp, port, output)) {
      this.at = Number.POSITIVE_INFINITY;
      return false;
    }
    if (changes.active && !changes.mayStart(port, tlp, clock.now)) {
      this.at = changes.startsAt;
      return false;
    }
    if ((tlps.via[tlp] as number) < 0 && !initiator.mayIssue(tlp)) {
      this.at = initiator.mayIssueAt;
      return false;
    }
    return this.hasRoom(tlp, output) && (!this.keepsCopies || this.canReplay(tlp, output));
  }

  private hasRoom(tlp: number, output: number): boolean {
    const { tlps, pools, clock } = this;
    const kind = tlps.class[tlp] as number;
    const data = tlps.dataCredits[tlp] as number;
    this.shared = 0;
    if (pools.available(output * 3 + kind, data, clock.now, output)) {
      this.creditTime = pools.satisfiedAt;
      this.creditKind = CREDITS + 2 * kind + (pools.shortOfData ? 1 : 0);
      return true;
    }
    this.at = pools.availableAt;
    const pool = this.sharedPool[output] as number;
    if (pool < 0) return false;
    if (pools.available(pool, data + 1, clock.now, output)) {
      this.shared = 1;
      this.creditTime = pools.satisfiedAt;
      this.creditKind = SHARED_BUFFER;
      return true;
    }
    this.at = Math.min(this.at, pools.availableAt);
    return false;
  }

  private canReplay(tlp: number, output: number): boolean {
    const { tlps, outputs, pools, clock } = this;
    const bytes = (tlps.bytes[tlp] as number) + (outputs.framing[output] as number);
    if (!pools.available(this.replayPools + output, bytes, clock.now, output)) {
      this.at = pools.availableAt;
      return false;
    }
    if (pools.satisfiedAt > this.creditTime) {
      this.creditTime = pools.satisfiedAt;
      this.creditKind = REPLAY_BUFFER;
    }
    return true;
  }
}
