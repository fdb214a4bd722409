import type { PendingEvents } from '../engine/pending-events.ts';
import { Processes } from '../engine/processes.ts';
import { Fabric } from '../fabric/fabric.ts';
import type { Initiator } from '../fabric/initiator.ts';
import { poolNumbers } from '../fabric/pool-numbers.ts';
import { COPIES, ISSUE_GAP, OUTSTANDING, resource, TAGS } from '../fabric/resources.ts';
import { Arrivals } from './arrivals.ts';
import { Ats } from './ats.ts';
import { CopyPlaces } from './copy-places.ts';
import { CopyTurns } from './copy-turns.ts';
import { Destinations } from './destinations.ts';
import { DmaEngine } from './dma-engine.ts';
import { DrivenFlows } from './driven-flows.ts';
import type { FlowPlan } from './flow-plan.ts';
import { FlowStates } from './flow-states.ts';
import { Invalidations } from './invalidations.ts';
import { OrderFlags } from './order-flags.ts';
import { ReadRequests } from './read-requests.ts';
import { RequestMaker } from './request-maker.ts';
import type { RunPlan } from './run-plan.ts';
import { COPY_STAGE } from './stages.ts';
import { Transfers } from './transfers.ts';

const POSTED = 0;
const NON_POSTED = 1;
const COMPLETION = 2;

/**
 * The DMA engines of all endpoints. A transfer that a flow wishes waits for one of its engine's copies in flight; copies
 * that have begun give requests in turns; each request waits in the engine's queue for its issue gap and, a read, for a tag.
 * What has become due is settled in order of time whenever the fabric asks, so the answer does not depend on when it asks.
 */
export class DmaEngines implements Initiator {
  readonly fabric: Fabric;
  readonly flows = new FlowStates();
  readonly transfers = new Transfers();
  readonly requests = new ReadRequests();
  readonly orderFlags = new OrderFlags();
  readonly destinations = new Destinations();
  readonly arrivals: Arrivals;
  readonly ats = new Ats(this);
  readonly invalidations = new Invalidations(this);
  readonly processes: Processes;
  readonly driven: DrivenFlows;
  boundBy = 0;
  boundUntil = 0;
  mayIssueAt = 0;
  private plan: RunPlan | null = null;
  private engines: DmaEngine[] = [];
  private byOutput: DmaEngine[][] = [];
  private byFlow: DmaEngine[] = [];
  private readonly turns = new CopyTurns(this.transfers);
  private readonly maker = new RequestMaker(this);
  private readonly places = new CopyPlaces();

  constructor(events: PendingEvents) {
    this.fabric = new Fabric(events, this);
    this.arrivals = new Arrivals(this);
    this.processes = new Processes(events);
    this.driven = new DrivenFlows(this);
  }

  /** Makes the engines those of a plan, and wakes them for their first transfers. */
  reset(plan: RunPlan, seed: string): void {
    const { fabric, flows, engines } = plan;
    this.plan = plan;
    this.flows.reset(flows, seed);
    this.transfers.reset();
    this.requests.reset();
    this.orderFlags.reset(flows);
    this.turns.reset(engines.map(({ granularity }) => granularity));
    this.places.reset(engines.map(({ copiesInFlight }) => copiesInFlight));
    const firstPool = poolNumbers(fabric).extra;
    this.engines = engines.map((engine, number) => {
      const place = fabric.endpoints[engine.endpoint];
      if (!place)
        throw new RangeError(`engine ${number} sits at endpoint ${engine.endpoint}, which the plan has not`);
      const own = [...flows.keys()].filter((flow) => flows[flow]?.initiator === engine.endpoint);
      const of = (isWrite: boolean) => own.filter((flow) => (flows[flow]?.op === 'write') === isWrite);
      return new DmaEngine(number, engine, place, [of(true), of(false)], firstPool + number, seed);
    });
    this.byOutput = fabric.outputs.map((_, output) =>
      this.engines.filter(({ place }) => place.output === output),
    );
    this.byFlow = flows.map(
      ({ initiator }) => this.engines.find((engine) => engine.plan.endpoint === initiator) as DmaEngine,
    );
    this.fabric.reset({
      plan: fabric,
      ways: plan.ways,
      seed,
      extraPools: engines.map(({ tags, outstandingBytes: data }) => ({ headers: tags, data })),
      flowNames: flows.map(({ id }) => id),
    });
    this.destinations.reset(plan);
    this.ats.reset(plan);
    this.invalidations.reset(plan);
    this.driven.reset(plan);
    for (const [flow, { place }] of this.byFlow.entries())
      this.fabric.wake(place.output, this.flows.nextWish(flow));
  }

  advance(output: number): void {
    const engines = this.byOutput[output] as DmaEngine[];
    for (let i = 0; i < engines.length; i++) this.startCopies(engines[i] as DmaEngine);
    this.invalidations.advance(output);
  }

  mayIssue(tlp: number): boolean {
    const { tlps, pools, events } = this.fabric;
    this.boundUntil = 0;
    if (tlps.class[tlp] === COMPLETION || tlps.message[tlp] !== 0) return true;
    const engine = this.engineOf(tlps.flow[tlp] as number);
    const posted = tlps.class[tlp] === POSTED;
    this.mayIssueAt = engine.mayStart(posted);
    if (this.mayIssueAt > events.now) return false;
    this.boundUntil = this.mayIssueAt;
    this.boundBy = resource(ISSUE_GAP, engine.plan.endpoint);
    if (posted) return true;
    const size = this.requests.bytes[tlps.owner[tlp] as number] as number;
    if (pools.available(engine.pool, size, events.now, engine.place.output)) {
      this.bindToTags(engine);
      return true;
    }
    this.mayIssueAt = pools.availableAt;
    return false;
  }

  issued(tlp: number): void {
    const { tlps, pools } = this.fabric;
    const kind = tlps.class[tlp] as number;
    if (kind === COMPLETION || tlps.message[tlp] !== 0) return;
    const engine = this.engineOf(tlps.flow[tlp] as number);
    const ring = engine.number * 2 + kind;
    const copy = this.turns.current(ring);
    const size =
      kind === POSTED
        ? (tlps.payload[tlp] as number)
        : (this.requests.bytes[tlps.owner[tlp] as number] as number);
    const start = tlps.start[tlp] as number;
    const turnEnd = this.turns.endsWith(ring, size)
      ? (this.fabric.outputs.freeAt[engine.place.output] as number)
      : Number.NEGATIVE_INFINITY;
    engine.started(kind === POSTED, start, turnEnd);
    engine.offered[kind] = false;
    if ((this.transfers.issued[copy] as number) < 0) this.transfers.issued[copy] = start;
    if (kind === NON_POSTED) pools.take(engine.pool, size);
    this.spend(engine, ring, copy, size);
    this.offerNext(engine, kind, this.fabric.events.now);
  }

  arrived(tlp: number): void {
    this.arrivals.arrived(tlp);
  }

  /** The flow may wish another transfer at `time`. */
  mayWish(flow: number, time: number): void {
    const engine = this.engineOf(flow);
    engine.dueAt = Math.min(engine.dueAt, time);
    this.fabric.wake(engine.place.output, time);
  }

  /** A transfer will have ended at `time`: a read's copy gets free then, and the flow may wish another transfer. */
  transferEnds(flow: number, time: number): void {
    if (this.flowPlan(flow).op !== 'write') this.places.returnsAt(this.engineOf(flow).number * 2 + 1, time);
    this.flows.complete(flow, time);
    this.driven.of(flow)?.endsAt(time);
    this.mayWish(flow, time);
  }

  /** The engine that initiates a flow. */
  engineOf(flow: number): DmaEngine {
    return this.byFlow[flow] as DmaEngine;
  }

  flowPlan(flow: number): FlowPlan {
    return this.plan?.flows[flow] as FlowPlan;
  }

  private bindToTags(engine: DmaEngine): void {
    const { pools } = this.fabric;
    if (pools.satisfiedAt > 0) {
      engine.tagsSince = pools.satisfiedAt;
      engine.lackedBytes = pools.shortOfData;
    }
    if (engine.tagsSince < this.boundUntil) return;
    this.boundUntil = engine.tagsSince;
    this.boundBy = resource(engine.lackedBytes ? OUTSTANDING : TAGS, engine.plan.endpoint);
  }

  /** The copy has issued so many bytes: it is done with issuing, or the turn may pass to another. */
  private spend(engine: DmaEngine, ring: number, copy: number, size: number): void {
    const { transfers, turns } = this;
    const left = (transfers.toIssue[copy] as number) - size;
    transfers.toIssue[copy] = left;
    transfers.address[copy] = (transfers.address[copy] as number) + size;
    if (left > 0) {
      turns.spend(ring, size);
      return;
    }
    turns.removeCurrent(ring);
    this.driven.of(transfers.flow[copy] as number)?.left();
    if (this.flowPlan(transfers.flow[copy] as number).op !== 'write') return;
    this.places.giveBack(ring, this.fabric.events.now);
    engine.dueAt = 0;
    this.startCopies(engine);
  }

  /** Starts, each at its time, the copies that could start up to now, and wakes the output for the next. */
  private startCopies(engine: DmaEngine): void {
    if (engine.dueAt <= this.fabric.events.now) {
      engine.dueAt = Math.min(this.startKind(engine, POSTED), this.startKind(engine, NON_POSTED));
    }
    this.fabric.wake(engine.place.output, engine.dueAt);
  }

  /** Starts the copies of a kind, and answers when there will be a place and a wish for the next. */
  private startKind(engine: DmaEngine, kind: number): number {
    let at = this.nextCopyAt(engine, kind);
    for (; at <= this.fabric.events.now; at = this.nextCopyAt(engine, kind)) this.startCopy(engine, kind, at);
    return at;
  }

  private nextCopyAt({ number, flows }: DmaEngine, kind: number): number {
    let wish = Number.POSITIVE_INFINITY;
    for (const flow of flows[kind] as readonly number[]) wish = Math.min(wish, this.flows.nextWish(flow));
    return Math.max(wish, this.places.freeAt(number * 2 + kind));
  }

  private startCopy(engine: DmaEngine, kind: number, at: number): void {
    this.places.take(engine.number * 2 + kind);
    const flow = engine.choose(kind, this.flows, at);
    const plan = this.flowPlan(flow);
    const wished = this.flows.takeWish(flow);
    const destination = plan.spread === 'transfer' ? this.flows.drawDestination(flow) : -1;
    const copy = this.transfers.start(flow, destination, wished);
    this.transfers.cover(copy, this.flows.nextAddress(flow), plan.size);
    this.fabric.statements.waited(flow, COPY_STAGE, wished, at, resource(COPIES, engine.plan.endpoint));
    this.turns.add(engine.number * 2 + kind, copy);
    this.offerNext(engine, kind, at);
  }

  /** Puts the next request of the copy in turn into the engine's queue, if it has none there. */
  private offerNext(engine: DmaEngine, kind: number, at: number): void {
    const copy = this.turns.current(engine.number * 2 + kind);
    if (copy < 0 || engine.offered[kind]) return;
    engine.offered[kind] = true;
    this.maker.offer(engine, copy, at);
  }
}
