import type { PendingEvents } from '../engine/pending-events.ts';
import { StuckError } from '../engine/stuck-error.ts';
import type { Picoseconds } from '../units.ts';
import { CreditPools } from './credit-pools.ts';
import type { FabricSetting } from './fabric-setting.ts';
import type { Initiator } from './initiator.ts';
import { Outputs } from './outputs.ts';
import type { FabricPlan } from './plan.ts';
import { Queues } from './queues.ts';
import { CREDITS } from './resources.ts';
import { Statements } from './statements.ts';
import { TlpStore } from './tlp-store.ts';
import { WaitCharges } from './wait-charges.ts';
import { waitingTlps } from './waiting-tlps.ts';

const NEVER = Number.POSITIVE_INFINITY as Picoseconds;
const STUCK_AFTER = 10e9;

/**
 * Moves TLPs from queue to queue. There is one kind of event, "this output may send now": *offer* puts a TLP into the
 * queue where it will arrive, *grant* sends the head of one queue, *free* gives its buffer back; all other times are
 * computed, not simulated. At each instant the outputs that can send do so in the order of their numbers. Times go through
 * columns and fields rather than through arguments and results, which V8 would box.
 */
export class Fabric {
  readonly tlps = new TlpStore();
  readonly queues = new Queues(this.tlps);
  readonly outputs: Outputs;
  readonly pools = new CreditPools();
  readonly statements: Statements;
  readonly events: PendingEvents;
  plan: FabricPlan = { outputs: [], ports: [], endpoints: [] };
  flowNames: readonly string[] = [];
  private ways = new Int32Array(0);
  private lastDelivery = 0;
  /** When the head that was last found not eligible may be, as far as is known. */
  private eligibleAt = 0;
  /** When the credits of the head last found eligible had come, and the kind of resource that they are. */
  private creditTime = 0;
  private creditKind = 0;
  private readonly initiator: Initiator;
  private readonly charges: WaitCharges;

  constructor(events: PendingEvents, initiator: Initiator) {
    this.events = events;
    this.initiator = initiator;
    this.outputs = new Outputs(events);
    this.statements = new Statements(this.tlps, this.outputs);
    const { tlps, queues, outputs, statements } = this;
    this.charges = new WaitCharges({ tlps, queues, outputs, statements, initiator });
  }

  /** Empties the fabric and makes it this machine. */
  reset({ plan, ways, extraPools, flowNames }: FabricSetting): void {
    this.plan = plan;
    this.flowNames = flowNames;
    this.tlps.reset();
    this.queues.reset(plan.ports);
    this.outputs.reset(plan);
    this.pools.reset([...this.outputs.pools(plan), ...extraPools]);
    this.ways = ways;
    this.lastDelivery = 0;
  }

  /** Runs until nothing is pending or the time is over; throws StuckError. */
  run(until: Picoseconds): void {
    const { events, outputs } = this;
    while (events.next()) {
      const output = events.component;
      if (outputs.pendingAt[output] !== events.now) continue;
      if (events.now > until) return;
      outputs.pendingAt[output] = NEVER;
      if (events.now - this.lastDelivery > STUCK_AFTER) this.checkProgress();
      this.decide(output);
    }
    if (this.tlps.live > 0) throw new StuckError(events.now, waitingTlps(this, events.now));
  }

  /** Asks for a decision of the output at `time`, or when it is free. */
  wake(output: number, time: number): void {
    const { pendingAt, freeAt } = this.outputs;
    const at = Math.max(time, freeAt[output] as number);
    if (at >= (pendingAt[output] as number)) return;
    pendingAt[output] = at;
    this.events.schedule(at as Picoseconds, 0, output);
  }

  /** Puts a TLP into a queue of the port; its `head` and `tail` columns say when they come. */
  offer(tlp: number, port: number): void {
    const { tlps, queues } = this;
    const queue = port * 3 + (tlps.class[tlp] as number);
    if (!queues.add(queue, tlp)) return;
    queues.sameSince[queue] = tlps.head[tlp] as number;
    this.expose(queue, tlp, false);
  }

  /** Output that the TLP wants next; -1 at its end. */
  nextOutput(tlp: number): number {
    return this.ways[this.tlps.way[tlp] as number] as number;
  }

  /** Gives a unit of a pool back at `time`, and wakes who waits for it. */
  free(pool: number, data: number, time: number): void {
    const taker = this.pools.giveBack(pool, data, time);
    if (taker >= 0) this.wake(taker, time);
  }

  private decide(output: number): void {
    const { outputs } = this;
    if ((outputs.freeAt[output] as number) > this.events.now) {
      this.wake(output, 0);
      return;
    }
    if (outputs.hasEngine[output] === 1) this.initiator.advance(output);
    const last = outputs.lastGranted[output] as number;
    const first = output * outputs.stride;
    const end = first + (outputs.waitingCount[output] as number);
    let due: number = NEVER;
    let best = -1;
    let bestTurn = Number.POSITIVE_INFINITY;
    let creditTime = 0;
    let creditKind = 0;
    for (let i = first; i < end; i++) {
      const queue = outputs.waiting[i] as number;
      const turn = queue > last ? queue - 1e9 : queue;
      if (!this.isEligible(queue, output)) {
        if (this.eligibleAt < due) due = this.eligibleAt;
      } else if (turn < bestTurn) {
        best = queue;
        bestTurn = turn;
        creditTime = this.creditTime;
        creditKind = this.creditKind;
      }
    }
    this.creditTime = creditTime;
    this.creditKind = creditKind;
    if (best >= 0) this.grant(best, output);
    else if (due < NEVER) this.wake(output, due);
  }

  /** Whether the head of a queue can leave through the output now; if not, `eligibleAt` is when it may. */
  private isEligible(queue: number, output: number): boolean {
    const { tlps, queues, pools } = this;
    const { now } = this.events;
    const tlp = queues.head[queue] as number;
    const port = queues.port[queue] as number;
    this.eligibleAt = Math.max(tlps.ready[tlp] as number, queues.readableAt[port] as number);
    if (this.eligibleAt > now) return false;
    if (queues.behindPosted(queue, tlp, port)) {
      this.eligibleAt = NEVER;
      return false;
    }
    if ((tlps.via[tlp] as number) < 0 && !this.initiator.mayIssue(tlp)) {
      this.eligibleAt = this.initiator.mayIssueAt;
      return false;
    }
    const kind = tlps.class[tlp] as number;
    if (pools.available(output * 3 + kind, tlps.dataCredits[tlp] as number, now, output)) {
      this.creditTime = pools.satisfiedAt;
      this.creditKind = CREDITS + 2 * kind + (pools.shortOfData ? 1 : 0);
      return true;
    }
    this.eligibleAt = pools.availableAt;
    return false;
  }

  private grant(queue: number, output: number): void {
    const { tlps, queues, outputs } = this;
    const tlp = queues.head[queue] as number;
    const port = queues.port[queue] as number;
    const kind = tlps.class[tlp] as number;
    const data = tlps.dataCredits[tlp] as number;
    const wireBytes = tlps.wireBytes[tlp] as number;
    const via = tlps.via[tlp] as number;
    tlps.start[tlp] = outputs.nextStart(output);
    if (this.statements.waits.active) this.charges.charge(queue, output, this.creditTime, this.creditKind);

    const head = queues.removeHead(queue);
    const stays = head >= 0 && this.nextOutput(head) === output;
    if (!stays) outputs.remove(output, queue);
    queues.readFrom(port, tlps.start[tlp] as number, wireBytes);
    this.pools.take(output * 3 + kind, data);
    outputs.send(output, queue, wireBytes, tlps.occupancy[tlp] as number);
    this.statements.granted(tlp, port, output);
    const end = outputs.freeAt[output] as number;
    if (via >= 0) this.free(via * 3 + kind, data, end + (outputs.creditReturn[via] as number));
    if ((outputs.waitingCount[output] as number) > (stays ? 1 : 0)) this.wake(output, end);
    if (via < 0) this.initiator.issued(tlp);
    this.travel(tlp, output);
    if (head >= 0) {
      if (!stays) queues.sameSince[queue] = this.events.now;
      this.expose(queue, head, stays);
    }
    if (kind === 0 && queues.postedLeft(port, this.events.now)) this.wakeHeads(port);
  }

  /** Lets the TLP fly to the far end of the output that it has been granted. */
  private travel(tlp: number, output: number): void {
    const { tlps, outputs } = this;
    const flight = outputs.flight[output] as number;
    const tail = (outputs.freeAt[output] as number) + flight;
    tlps.head[tlp] = (tlps.start[tlp] as number) + flight;
    tlps.tail[tlp] = tail;
    tlps.via[tlp] = output;
    tlps.way[tlp] = (tlps.way[tlp] as number) + 1;
    tlps.stage[tlp] = (tlps.stage[tlp] as number) + 1;
    if (this.nextOutput(tlp) >= 0) {
      this.offer(tlp, outputs.port[output] as number);
      return;
    }
    const pool = output * 3 + (tlps.class[tlp] as number);
    this.free(pool, tlps.dataCredits[tlp] as number, tail + (outputs.creditReturn[output] as number));
    this.lastDelivery = tail;
    this.initiator.arrived(tlp);
  }

  /** A TLP has become the head of its queue: the output that it wants learns of it, unless the queue is `listed` there. */
  private expose(queue: number, tlp: number, listed: boolean): void {
    const { tlps, queues, outputs } = this;
    const output = this.nextOutput(tlp);
    const occupancy = outputs.occupancy(output, tlps.wireBytes[tlp] as number, tlps.payload[tlp] as number);
    tlps.occupancy[tlp] = occupancy;
    queues.makeReady(queue, tlp, outputs.takesWhole[output] === 1 ? 0 : occupancy);
    if (!listed) outputs.add(output, queue);
    this.wake(output, Math.max(tlps.ready[tlp] as number, this.events.now));
  }

  private wakeHeads(port: number): void {
    for (let queue = port * 3 + 1; queue < port * 3 + 3; queue++) {
      const head = this.queues.head[queue] as number;
      if (head >= 0) this.wake(this.nextOutput(head), this.events.now);
    }
  }

  private checkProgress(): void {
    const { now } = this.events;
    if (this.tlps.live > 0 && this.queues.oldestArrival() < now - STUCK_AFTER) {
      throw new StuckError(now, waitingTlps(this, now));
    }
  }
}
