import type { PendingEvents } from '../engine/pending-events.ts';
import { Probe } from '../engine/probe.ts';
import { StuckError } from '../engine/stuck-error.ts';
import type { Picoseconds } from '../units.ts';
import { CreditPools, type PoolSize } from './credit-pools.ts';
import { GrantFact, PassageFact, WaitFact } from './facts.ts';
import type { Initiator } from './initiator.ts';
import { Outputs } from './outputs.ts';
import type { FabricPlan } from './plan.ts';
import { Queues } from './queues.ts';
import { CHANNEL, CREDITS, HEAD_OF_LINE, INGRESS, ORDER, resource } from './resources.ts';
import { TlpStore } from './tlp-store.ts';
import { waitingTlps } from './waiting-tlps.ts';

const NEVER = Number.POSITIVE_INFINITY as Picoseconds;
const STUCK_AFTER = 10e9;

/**
 * Moves TLPs from queue to queue. There is one kind of event, "this output may send now": *offer* puts a TLP into the
 * queue where it will arrive, *grant* sends the head of one queue, *free* gives its buffer back; all other times are
 * computed, not simulated. At each instant the outputs that can send do so in the order of their numbers.
 */
export class Fabric {
  readonly grants = new Probe<GrantFact>();
  readonly waits = new Probe<WaitFact>();
  readonly passages = new Probe<PassageFact>();
  readonly tlps = new TlpStore();
  readonly queues = new Queues(this.tlps);
  readonly outputs = new Outputs();
  readonly pools = new CreditPools();
  private readonly grantFact = new GrantFact();
  private readonly waitFact = new WaitFact();
  private readonly passageFact = new PassageFact();
  /** Outputs of all ways, one after the other, each way ended by -1. */
  private ways = new Int32Array(0);
  private lastDelivery = 0;
  /** When the credits of the last eligible head had come, and the resource that they are. */
  private creditTime = 0;
  private creditKind = 0;
  plan: FabricPlan = { outputs: [], ports: [], endpoints: [] };

  private readonly events: PendingEvents;
  private readonly initiator: Initiator;

  constructor(events: PendingEvents, initiator: Initiator) {
    this.events = events;
    this.initiator = initiator;
  }

  /** Empties the fabric and makes it this machine; `extraPools` are the initiator's, numbered from 3 x outputs on. */
  reset(plan: FabricPlan, ways: Int32Array<ArrayBuffer>, extraPools: readonly PoolSize[]): void {
    this.plan = plan;
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
      const now = events.now;
      const output = events.component;
      if (outputs.pendingAt[output] !== now) continue;
      if (now > until) return;
      outputs.pendingAt[output] = NEVER;
      if (now - this.lastDelivery > STUCK_AFTER) this.checkProgress(now);
      this.decide(output, now);
    }
    if (this.tlps.live > 0) throw new StuckError(events.now, waitingTlps(this, events.now));
  }

  /** Asks for a decision of the output at `time`, or when it is free. */
  wake(output: number, time: Picoseconds): void {
    const { pendingAt, freeAt } = this.outputs;
    const at = Math.max(time, freeAt[output] as number);
    if (at >= (pendingAt[output] as number)) return;
    pendingAt[output] = at;
    this.events.schedule(at as Picoseconds, 0, output);
  }

  /** Puts a TLP whose head and tail come at the given times into a queue of the port. */
  offer(tlp: number, port: number, head: Picoseconds, tail: Picoseconds): void {
    const { tlps } = this;
    tlps.head[tlp] = head;
    tlps.tail[tlp] = tail;
    const queue = port * 3 + (tlps.class[tlp] as number);
    if (this.queues.add(queue, tlp)) this.expose(queue, tlp, head, false);
  }

  /** Output that the TLP wants next; -1 at its end. */
  nextOutput(tlp: number): number {
    return this.ways[this.tlps.way[tlp] as number] as number;
  }

  /** Gives a unit of a pool back at `time`, and wakes who waits for it. */
  free(pool: number, data: number, time: Picoseconds): void {
    const taker = this.pools.giveBack(pool, data, time);
    if (taker >= 0) this.wake(taker, time);
  }

  private decide(output: number, now: Picoseconds): void {
    const { outputs } = this;
    if ((outputs.freeAt[output] as number) > now) {
      this.wake(output, now);
      return;
    }
    if (outputs.hasEngine[output] === 1) this.initiator.advance(output, now);
    let due: number = NEVER;
    const last = outputs.lastGranted[output] as number;
    const first = output * outputs.stride;
    const end = first + (outputs.waitingCount[output] as number);
    let best = -1;
    let bestTurn = Number.POSITIVE_INFINITY;
    let creditTime = 0;
    let creditKind = 0;
    for (let i = first; i < end; i++) {
      const queue = outputs.waiting[i] as number;
      const at = this.eligibleAt(queue, output, now);
      const turn = queue > last ? queue - 1e9 : queue;
      if (at > now) {
        if (at < due) due = at;
      } else if (turn < bestTurn) {
        best = queue;
        bestTurn = turn;
        creditTime = this.creditTime;
        creditKind = this.creditKind;
      }
    }
    this.creditTime = creditTime;
    this.creditKind = creditKind;
    if (best >= 0) this.grant(best, output, now);
    else if (due < NEVER) this.wake(output, due as Picoseconds);
  }

  /** When the head of a queue could leave through the output, as far as is known; its waiting list is not changed. */
  private eligibleAt(queue: number, output: number, now: Picoseconds): number {
    const { tlps, queues } = this;
    const tlp = queues.head[queue] as number;
    const ready = tlps.ready[tlp] as number;
    if (ready > now) return ready;
    const port = queues.port[queue] as number;
    if (queues.behindPosted(queue, tlp, port)) return NEVER;
    const readable = queues.readableAt[port] as number;
    if (readable > now) return readable;
    if ((tlps.via[tlp] as number) < 0) {
      const issue = this.initiator.mayIssueAt(tlp, now);
      if (issue > now) return issue;
    }
    const pool = output * 3 + (tlps.class[tlp] as number);
    const credit = this.pools.availableAt(pool, tlps.dataCredits[tlp] as number, now, output);
    this.creditTime = this.pools.satisfiedAt;
    this.creditKind = CREDITS + 2 * (tlps.class[tlp] as number) + (this.pools.shortOfData ? 1 : 0);
    return credit;
  }

  private grant(queue: number, output: number, now: Picoseconds): void {
    const { tlps, queues, outputs } = this;
    const tlp = queues.head[queue] as number;
    const port = queues.port[queue] as number;
    const kind = tlps.class[tlp] as number;
    const start = outputs.startOf(output, now);
    const end = (start + (tlps.occupancy[tlp] as number)) as Picoseconds;
    if (this.waits.active) this.stateWaits(queue, tlp, output, now, start);
    if (this.grants.active) this.stateGrant(tlp, port, output, start, end);
    if (this.passages.active) this.statePassage(tlp, output, end);

    const data = tlps.dataCredits[tlp] as number;
    const via = tlps.via[tlp] as number;
    const head = queues.removeHead(queue);
    const stays = head >= 0 && this.nextOutput(head) === output;
    if (!stays) outputs.remove(output, queue);
    queues.readFrom(port, start, tlps.wireBytes[tlp] as number);
    this.pools.take(output * 3 + kind, data);
    outputs.sent(output, queue, now, end, tlps.wireBytes[tlp] as number);
    if (via >= 0)
      this.free(via * 3 + kind, data, (end + (outputs.creditReturn[via] as number)) as Picoseconds);
    if ((outputs.waitingCount[output] as number) > (stays ? 1 : 0)) this.wake(output, end);
    if (via < 0) this.initiator.issued(tlp, now, start);
    this.travel(tlp, output, start, end);
    if (head >= 0) this.expose(queue, head, now, stays);
    if (kind === 0 && queues.postedLeft(port, now)) this.wakeHeads(port, now);
  }

  private travel(tlp: number, output: number, start: Picoseconds, end: Picoseconds): void {
    const { tlps, outputs } = this;
    const flight = outputs.flight[output] as number;
    const tail = (end + flight) as Picoseconds;
    tlps.via[tlp] = output;
    tlps.way[tlp] = (tlps.way[tlp] as number) + 1;
    tlps.stage[tlp] = (tlps.stage[tlp] as number) + 1;
    if (this.nextOutput(tlp) >= 0) {
      this.offer(tlp, outputs.port[output] as number, (start + flight) as Picoseconds, tail);
      return;
    }
    const pool = output * 3 + (tlps.class[tlp] as number);
    this.free(
      pool,
      tlps.dataCredits[tlp] as number,
      (tail + (outputs.creditReturn[output] as number)) as Picoseconds,
    );
    this.lastDelivery = tail;
    this.initiator.arrived(tlp, tail);
  }

  /** A TLP has become the head of its queue: the output that it wants learns of it, unless the queue is `listed` there. */
  private expose(queue: number, tlp: number, since: Picoseconds, listed: boolean): void {
    const { tlps, queues, outputs } = this;
    const output = this.nextOutput(tlp);
    const transmission = outputs.occupancy(
      output,
      tlps.wireBytes[tlp] as number,
      tlps.payload[tlp] as number,
    );
    const ready = queues.readyAt(queue, tlp, outputs.takesWhole[output] === 1 ? 0 : transmission);
    tlps.occupancy[tlp] = transmission;
    tlps.ready[tlp] = ready;
    if (!listed) {
      queues.sameSince[queue] = since;
      outputs.add(output, queue);
    }
    this.wake(output, Math.max(ready, this.events.now) as Picoseconds);
  }

  private wakeHeads(port: number, now: Picoseconds): void {
    for (let queue = port * 3 + 1; queue < port * 3 + 3; queue++) {
      const head = this.queues.head[queue] as number;
      if (head >= 0) this.wake(this.nextOutput(head), now);
    }
  }

  private checkProgress(now: Picoseconds): void {
    if (this.tlps.live > 0 && this.queues.oldestArrival() < now - STUCK_AFTER) {
      throw new StuckError(now, waitingTlps(this, now));
    }
  }

  private stateGrant(tlp: number, port: number, output: number, start: Picoseconds, end: Picoseconds): void {
    const { tlps, grantFact: fact } = this;
    fact.output = output;
    fact.port = port;
    fact.class = tlps.class[tlp] as number;
    fact.payload = tlps.payload[tlp] as number;
    fact.arrived = tlps.head[tlp] as number;
    fact.start = start;
    fact.end = end;
    const { recorders } = this.grants;
    for (let i = 0; i < recorders.length; i++) recorders[i]?.add(fact);
  }

  private statePassage(tlp: number, output: number, end: Picoseconds): void {
    const { tlps, passageFact: fact } = this;
    fact.output = output;
    fact.class = tlps.class[tlp] as number;
    fact.flow = tlps.flow[tlp] as number;
    fact.serial = tlps.serial[tlp] as number;
    fact.piece = tlps.piece[tlp] as number;
    fact.tail = end + (this.outputs.flight[output] as number);
    const { recorders } = this.passages;
    for (let i = 0; i < recorders.length; i++) recorders[i]?.add(fact);
  }

  /**
   * The time behind heads that want another output, then the time since all heads have wanted this one, charged to what was
   * satisfied last; ties to the scarcer thing.
   */
  private stateWaits(queue: number, tlp: number, output: number, now: Picoseconds, start: Picoseconds): void {
    const { tlps, queues, outputs } = this;
    const ready = tlps.ready[tlp] as number;
    if (ready >= start) return;
    const since = Math.max(ready, queues.sameSince[queue] as number);
    const port = queues.port[queue] as number;
    let until = outputs.freeAt[output] as number;
    let what = resource(CHANNEL, output);
    if ((queues.readableAt[port] as number) >= until) {
      until = queues.readableAt[port] as number;
      what = resource(INGRESS, port);
    }
    if ((queues.orderedUntil[port] as number) >= until && tlps.class[tlp] !== 0) {
      until = queues.orderedUntil[port] as number;
      what = resource(ORDER, port);
    }
    if (this.creditTime >= until) {
      until = this.creditTime;
      what = resource(this.creditKind, output);
    }
    if ((tlps.via[tlp] as number) < 0) {
      this.initiator.mayIssueAt(tlp, now);
      if (this.initiator.boundUntil >= until) what = this.initiator.boundBy;
    }
    this.stateWait(tlp, ready, since, resource(HEAD_OF_LINE, port));
    this.stateWait(tlp, since, start, what);
  }

  private stateWait(tlp: number, from: number, to: number, what: number): void {
    const { tlps } = this;
    this.stateWaitOf(tlps.flow[tlp] as number, tlps.stage[tlp] as number, from, to, what);
  }

  /** States that a flow has waited at a stage; nothing where the time is empty. */
  stateWaitOf(flow: number, stage: number, from: number, to: number, what: number): void {
    if (from >= to || !this.waits.active) return;
    const { waitFact: fact } = this;
    fact.flow = flow;
    fact.stage = stage;
    fact.from = from;
    fact.to = to;
    fact.resource = what;
    const { recorders } = this.waits;
    for (let i = 0; i < recorders.length; i++) recorders[i]?.add(fact);
  }
}
