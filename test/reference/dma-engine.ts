import type { DestinationPlan, EnginePlan } from '../../src/dma/flow-plan.ts';
import { RandomStream } from '../../src/engine/random-stream.ts';
import type { EndpointPlan } from '../../src/fabric/plan.ts';
import { nextReadRequest, nextWriteChunk } from '../../src/pcie/split.ts';
import { Account } from './account.ts';
import type { Agenda } from './agenda.ts';
import { answer } from './completer.ts';
import { Copy } from './copy.ts';
import type { Flow } from './flow.ts';
import type { Port } from './port.ts';
import { Ring } from './ring.ts';
import { makeTlp, type TlpFacts } from './tlp.ts';
import { Translator } from './translator.ts';

type RequestClass = 'posted' | 'nonposted';
/** What writes and reads say differently. */
type Request = Pick<TlpFacts, 'serial' | 'payload' | 'mayGo' | 'gone' | 'delivered'>;

/** Where an engine works. */
export interface Surroundings {
  readonly endpoints: readonly EndpointPlan[];
  readonly ports: readonly Port[];
  readonly agenda: Agenda;
  readonly seed: string;
}

/** The DMA engine of one endpoint: it takes up the wishes of its flows and cuts them into requests. */
export class DmaEngine {
  private readonly plan: EnginePlan;
  private readonly flows: readonly Flow[];
  private readonly around: Surroundings;
  private readonly queue: Port;
  private readonly streams: Readonly<Record<RequestClass, RandomStream>>;
  private readonly rings: Readonly<Record<RequestClass, Ring>>;
  /** Whether a request of the class stands in the queue. */
  private readonly standing = { posted: false, nonposted: false };
  private readonly reads: Account;
  private readonly translator: Translator;
  private readonly slots: Record<RequestClass, number>;
  private readonly lastChosen = { posted: -1, nonposted: -1 };
  private gapOver = true;
  /** Of the last write: its gap is over, and the setup of a turn that it ended. */
  private writeGapOver = true;
  private setupOver = true;

  /** `flows` are those that this engine initiates. */
  constructor(plan: EnginePlan, flows: readonly Flow[], around: Surroundings) {
    const place = around.endpoints[plan.endpoint] as EndpointPlan;
    this.plan = plan;
    this.flows = flows;
    this.around = around;
    this.queue = around.ports[place.dmaPort] as Port;
    this.streams = {
      posted: new RandomStream(around.seed, `engine:${place.id}`),
      nonposted: new RandomStream(around.seed, `engine:${place.id}:reads`),
    };
    this.rings = { posted: new Ring(plan.granularity), nonposted: new Ring(plan.granularity) };
    this.reads = new Account(plan.tags, plan.outstandingBytes);
    this.translator = new Translator(place, plan.translations, around);
    this.slots = { posted: plan.copiesInFlight, nonposted: plan.copiesInFlight };
  }

  /** Starts copies, of writes and of reads apart, as long as there is a free slot and a wish. */
  startCopies(): void {
    for (const requestClass of ['posted', 'nonposted'] as const) this.startCopiesOf(requestClass);
  }

  private startCopiesOf(requestClass: RequestClass): void {
    const own = this.flows.filter(({ plan }) => (plan.op === 'write') === (requestClass === 'posted'));
    while (this.slots[requestClass] > 0) {
      const ready = own.filter((flow) => flow.hasWish);
      if (ready.length === 0) return;
      this.startCopy(requestClass, this.choose(requestClass, ready));
    }
  }

  private choose(requestClass: RequestClass, ready: readonly Flow[]): Flow {
    const next = ready.find((flow) => flow.number > this.lastChosen[requestClass]) ?? ready[0];
    const drawn = this.plan.order === 'random';
    const chosen = drawn ? ready[this.streams[requestClass].below(ready.length)] : next;
    this.lastChosen[requestClass] = (chosen as Flow).number;
    return chosen as Flow;
  }

  private startCopy(requestClass: RequestClass, flow: Flow): void {
    this.slots[requestClass] -= 1;
    const copy = new Copy(flow, flow.takeWish());
    this.rings[requestClass].join(copy);
    this.makeNext(requestClass);
  }

  /** Puts the next request of the copy in turn into the queue, unless one stands there. */
  private makeNext(requestClass: RequestClass): void {
    const copy = this.rings[requestClass].current;
    if (copy === undefined || this.standing[requestClass]) return;
    this.standing[requestClass] = true;
    const { flow } = copy;
    const destination = flow.destination(copy.destination ?? flow.drawDestination());
    const { plan } = flow;
    const { pages } = destination;
    const request = requestClass === 'posted' ? this.write(copy) : this.read(copy, destination);
    const tlp = makeTlp({
      ...request,
      class: requestClass,
      flow: flow.number,
      piece: 0,
      headerBytes: plan.headerBytes,
      address: copy.address,
      page: pages && pages.first + Math.floor(copy.address / pages.bytes),
      source: plan.initiator,
      relaxed: plan.op === 'atomic' && plan.relaxedOrdering,
      idBased: plan.idBasedOrdering,
      way: destination.requestWay,
    });
    const goOn = () => this.queue.make(tlp, this.around.agenda.now);
    if (destination.ats === null) goOn();
    else this.translator.translate(flow, destination.ats, { address: copy.address, goOn });
  }

  /** Forgets, now, the translations of a flow's pages. */
  forget(flow: Flow): void {
    this.translator.forget(flow);
  }

  private write(copy: Copy): Request {
    const { flow, address, toIssue } = copy;
    const payload = nextWriteChunk(address, toIssue, flow.plan.chunk);
    return {
      serial: flow.nextSerial(),
      payload,
      mayGo: () => this.gapOver && this.writeGapOver && this.setupOver,
      gone: (start, end) => {
        this.holdWrites(start, this.rings.posted.endsWith(payload) ? end : null);
        this.issued('posted', copy, payload, start);
      },
      delivered: (part) => {
        if (copy.arrive(part)) copy.end();
      },
    };
  }

  private read(copy: Copy, destination: DestinationPlan): Request {
    const { flow, address, toIssue } = copy;
    const { endpoints, ports, agenda } = this.around;
    const size = nextReadRequest(address, toIssue, flow.plan.chunk);
    const serial = flow.nextSerial();
    const answered = this.whenAnswered(copy, size);
    const completer = ports[endpoints[destination.completer]?.completerPort ?? -1] as Port;
    return {
      serial,
      payload: flow.plan.op === 'atomic' ? size : 0,
      mayGo: () => this.gapOver && this.reads.covers(size),
      gone: (start) => this.issued('nonposted', copy, size, start),
      delivered: () => answer({ flow, serial, destination, address, size, answered }, completer, agenda),
    };
  }

  /** A write has gone: the gap to the next begins, and the setup of the next turn where this one ends at `turnEnd`. */
  private holdWrites(start: number, turnEnd: number | null): void {
    const { agenda } = this.around;
    this.writeGapOver = false;
    agenda.at(start + this.plan.writeGap, 'return', () => {
      this.writeGapOver = true;
    });
    if (turnEnd === null) return;
    this.setupOver = false;
    agenda.at(turnEnd + this.plan.writeSetup, 'return', () => {
      this.setupOver = true;
    });
  }

  /** A request has gone at `start`: the gap begins, and the turn may go on; a write that was its copy's last frees the slot. */
  private issued(requestClass: RequestClass, copy: Copy, bytes: number, start: number): void {
    this.gapOver = false;
    this.around.agenda.at(start + this.plan.issueGap, 'return', () => {
      this.gapOver = true;
    });
    this.standing[requestClass] = false;
    if (requestClass === 'nonposted') this.reads.take(bytes);
    copy.issue(bytes, start);
    this.rings[requestClass].spend(bytes);
    if (requestClass === 'posted' && copy.toIssue === 0) {
      this.slots.posted += 1;
      this.startCopies();
    }
    this.makeNext(requestClass);
  }

  /** What the completions of a read of `size` bytes do: the last gives back the tag and the bytes, and maybe the slot. */
  private whenAnswered(copy: Copy, size: number): (bytes: number) => void {
    let left = size;
    return (bytes) => {
      left -= bytes;
      if (left === 0) this.reads.giveBack(size);
      if (copy.arrive(bytes)) this.land(copy);
    };
  }

  /** All data of a read has come: it ends when the engine has put it where it is to be. */
  private land(copy: Copy): void {
    const { latency, rate } = this.plan.landing;
    const time = latency + (rate === null ? 0 : Math.round((copy.flow.plan.size * 1e12) / rate));
    const end = () => {
      copy.end();
      this.slots.nonposted += 1;
    };
    if (time === 0) end();
    else this.around.agenda.at(this.around.agenda.now + time, 'return', end);
  }
}
