import type { PendingEvents } from '../engine/pending-events.ts';
import { StuckError } from '../engine/stuck-error.ts';
import type { Picoseconds } from '../units.ts';
import { Arbiter } from './arbiter.ts';
import { CreditPools } from './credit-pools.ts';
import { Cutter } from './cutter.ts';
import { DestinationChanges } from './destination-changes.ts';
import { Eligibility } from './eligibility.ts';
import type { FabricSetting } from './fabric-setting.ts';
import { HeldCredits } from './held-credits.ts';
import type { Initiator } from './initiator.ts';
import { Order } from './order.ts';
import { Outputs } from './outputs.ts';
import type { FabricPlan } from './plan.ts';
import { poolSizes } from './pool-numbers.ts';
import { Queues } from './queues.ts';
import { Statements } from './statements.ts';
import { TlpStore } from './tlp-store.ts';
import { Translations } from './translations.ts';
import { WaitCharges } from './wait-charges.ts';
import { waitingTlps } from './waiting-tlps.ts';

const NEVER = Number.POSITIVE_INFINITY as Picoseconds;
const STUCK_AFTER = 10e9;
const OUTPUT_EVENT = 1;

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
  plan: FabricPlan = { outputs: [], ports: [], endpoints: [], sharedBuffers: [] };
  flowNames: readonly string[] = [];
  private ways = new Int32Array(0);
  private lastDelivery = 0;
  private readonly initiator: Initiator;
  private readonly order = new Order(this.tlps, this.queues);
  private readonly changes = new DestinationChanges(this.tlps);
  private readonly cutter = new Cutter(this.tlps);
  readonly translations = new Translations();
  private readonly eligibility: Eligibility;
  private readonly arbiter: Arbiter;
  private readonly held: HeldCredits;
  private readonly charges: WaitCharges;

  constructor(events: PendingEvents, initiator: Initiator) {
    this.events = events;
    this.initiator = initiator;
    this.outputs = new Outputs(events);
    this.statements = new Statements(this.tlps, this.outputs);
    const { tlps, queues, outputs, pools, statements, order, changes } = this;
    const parts = { tlps, queues, outputs, order, changes, initiator };
    this.charges = new WaitCharges({ ...parts, statements });
    this.eligibility = new Eligibility({ ...parts, pools, clock: events });
    this.arbiter = new Arbiter(outputs, queues, this.eligibility);
    this.held = new HeldCredits(this);
  }

  /** Empties the fabric and makes it this machine. */
  reset({ plan, ways, extraPools, seed, flowNames }: FabricSetting): void {
    this.plan = plan;
    this.flowNames = flowNames;
    this.tlps.reset();
    this.queues.reset(plan);
    this.outputs.reset(plan, this.queues.rank.length, seed);
    this.pools.reset([...poolSizes(plan), ...extraPools]);
    this.order.reset(plan, ways);
    this.changes.reset(plan, ways);
    this.translations.reset(plan.ports);
    this.eligibility.reset(plan);
    this.held.reset(plan);
    this.cutter.reset(plan);
    this.ways = ways;
    this.lastDelivery = 0;
  }

  /** Runs until nothing is pending or the time is over; throws StuckError. */
  run(until: Picoseconds): void {
    const { events, outputs } = this;
    while (events.next()) {
      const { component } = events;
      const isOutput = events.kind === OUTPUT_EVENT;
      if (isOutput && outputs.pendingAt[component] !== events.now) continue;
      if (events.now > until) return;
      if (isOutput) this.decide(component);
      else this.initiator.processes.resume(component);
    }
    if (this.tlps.live > 0) throw new StuckError(events.now, waitingTlps(this, events.now));
  }

  /** Asks for a decision of the output at `time`, or when it is free. */
  wake(output: number, time: number): void {
    const { pendingAt, freeAt } = this.outputs;
    const at = Math.max(time, freeAt[output] as number);
    if (at >= (pendingAt[output] as number)) return;
    pendingAt[output] = at;
    this.events.schedule(at as Picoseconds, OUTPUT_EVENT, output);
  }

  /** Puts a TLP into a queue of the port; its `head` and `tail` columns say when they come. */
  offer(tlp: number, port: number): void {
    const { tlps, queues } = this;
    const queue = queues.queueOf(port, tlps.class[tlp] as number, this.nextOutput(tlp));
    if (!queues.add(queue, tlp)) return;
    queues.sameSince[queue] = tlps.head[tlp] as number;
    this.expose(queue, tlp, false);
  }

  /** Output that the TLP wants next; -1 at its end. */
  nextOutput(tlp: number): number {
    return this.ways[this.tlps.way[tlp] as number] as number;
  }

  /** Gives units of a pool back at `time`, and wakes who waits for them. */
  free(pool: number, data: number, time: number): void {
    const taker = this.pools.giveBack(pool, data, time);
    if (taker >= 0) this.wake(taker, time);
  }

  private decide(output: number): void {
    const { outputs, arbiter } = this;
    outputs.pendingAt[output] = NEVER;
    if (this.events.now - this.lastDelivery > STUCK_AFTER) this.checkProgress();
    if ((outputs.freeAt[output] as number) > this.events.now) return this.wake(output, 0);
    if (outputs.hasEngine[output] === 1) this.initiator.advance(output);
    const queue = arbiter.choose(output);
    if (queue >= 0) this.grant(queue, output);
    else if (arbiter.due < NEVER) this.wake(output, arbiter.due);
  }

  private grant(queue: number, output: number): void {
    const { tlps, queues, outputs } = this;
    const tlp = queues.head[queue] as number;
    const port = queues.port[queue] as number;
    const via = tlps.via[tlp] as number;
    tlps.start[tlp] = outputs.nextStart(output);
    if (this.statements.waits.active) this.charges.charge(queue, output, this.arbiter);

    const head = queues.removeHead(queue);
    const stays = head >= 0 && this.nextOutput(head) === output;
    if (!stays) outputs.remove(output, queue);
    queues.readFrom(port, tlps.start[tlp] as number, tlps.bytes[tlp] as number);
    if (this.changes.active) this.changes.left(port, tlp);
    outputs.send(
      output,
      queues.rank[queue] as number,
      tlps.bytes[tlp] as number,
      tlps.occupancy[tlp] as number,
    );
    this.statements.granted(tlp, port, output);
    const end = outputs.freeAt[output] as number;
    if (via >= 0) this.held.giveBack(tlp, end);
    this.held.take(tlp, output, this.arbiter.shared);
    if ((outputs.waitingCount[output] as number) > (stays ? 1 : 0)) this.wake(output, end);
    if (via < 0) this.initiator.issued(tlp);
    const kind = tlps.class[tlp] as number;
    this.travel(tlp, output);
    if (head >= 0) {
      if (!stays) queues.sameSince[queue] = this.events.now;
      this.expose(queue, head, stays);
    }
    if (kind === 0 && this.order.postedLeft(port, this.events.now)) this.wakeHeads(port);
  }

  /** Lets the TLP fly to the far end of the output that it has been granted. */
  private travel(tlp: number, output: number): void {
    const { tlps, outputs } = this;
    const tail = (outputs.freeAt[output] as number) + (outputs.flight[output] as number);
    tlps.head[tlp] = tail - (tlps.occupancy[tlp] as number);
    tlps.tail[tlp] = tail;
    if (outputs.flits) this.arriveWithFlits(tlp, output);
    tlps.via[tlp] = output;
    tlps.way[tlp] = (tlps.way[tlp] as number) + 1;
    tlps.stage[tlp] = (tlps.stage[tlp] as number) + 1;
    this.statements.passed(tlp, output);
    if (this.nextOutput(tlp) >= 0) {
      this.enter(tlp, outputs.port[output] as number);
      return;
    }
    this.held.giveBack(tlp, tlps.tail[tlp] as number);
    this.lastDelivery = tlps.tail[tlp] as number;
    this.initiator.arrived(tlp);
  }

  /** In flit mode the far end can use a header, and a tail, when the flits in which they end have come. */
  private arriveWithFlits(tlp: number, output: number): void {
    const { tlps, outputs } = this;
    if (outputs.flitTime[output] === 0) return;
    const flight = outputs.flight[output] as number;
    const header = (tlps.bytes[tlp] as number) - (tlps.payload[tlp] as number);
    const start = (tlps.head[tlp] as number) - flight;
    tlps.head[tlp] = outputs.flitEnd(output, start + outputs.occupancy(output, header, 0)) + flight;
    tlps.tail[tlp] = outputs.flitEnd(output, (tlps.tail[tlp] as number) - flight) + flight;
  }

  /** Puts a TLP into the port at the end of a channel: there it is translated, and cut where the next channel wants it. */
  private enter(tlp: number, port: number): void {
    const { tlps } = this;
    if (this.translations.active) this.translations.translate(tlps, tlp, port);
    if (this.cutter.active) this.offerPieces(tlp, port);
    this.offer(tlp, port);
  }

  /** Offers all pieces of a TLP but the last, which it becomes itself. */
  private offerPieces(tlp: number, port: number): void {
    const output = this.nextOutput(tlp);
    this.cutter.begin(tlp, output);
    let piece = this.cutter.cutFirst(tlp, output);
    for (; piece >= 0; piece = this.cutter.cutFirst(tlp, output)) this.offer(piece, port);
  }

  /** A TLP has become the head of its queue: the output that it wants learns of it, unless the queue is `listed` there. */
  private expose(queue: number, tlp: number, listed: boolean): void {
    const { tlps, queues, outputs } = this;
    const output = this.nextOutput(tlp);
    const occupancy = outputs.occupancy(output, tlps.bytes[tlp] as number, tlps.payload[tlp] as number);
    tlps.occupancy[tlp] = occupancy;
    queues.makeReady(queue, tlp, outputs.takesWhole[output] === 1 ? 0 : occupancy);
    if (!listed) outputs.add(output, queue);
    this.wake(output, Math.max(tlps.ready[tlp] as number, this.events.now));
  }

  private wakeHeads(port: number): void {
    const { queues } = this;
    for (let queue = port * 3 + 1; queue < port * 3 + 3; queue++) this.wakeHead(queue);
    for (let queue = queues.virtualStart(port); queue < queues.virtualEnd(port); queue++)
      this.wakeHead(queue);
  }

  private wakeHead(queue: number): void {
    const head = this.queues.head[queue] as number;
    if (head >= 0) this.wake(this.nextOutput(head), this.events.now);
  }

  private checkProgress(): void {
    const { now } = this.events;
    if (this.tlps.live > 0 && this.queues.oldestArrival() < now - STUCK_AFTER) {
      throw new StuckError(now, waitingTlps(this, now));
    }
  }
}
