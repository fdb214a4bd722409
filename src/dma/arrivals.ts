import { Probe } from '../engine/probe.ts';
import { DeliveryFact } from '../fabric/facts.ts';
import { dataCredits } from '../pcie/credits.ts';
import { nextCompletion } from '../pcie/split.ts';
import { COMPLETION_HEADER_BYTES, tlpBytes } from '../pcie/wire.ts';
import { bytes } from '../units.ts';
import type { DmaEngines } from './dma-engines.ts';
import { COMPLETION_STAGE } from './stages.ts';

const POSTED = 0;
const COMPLETION = 2;

/** What happens at the end of a way: data is counted, a completer answers a read request with completions. */
export class Arrivals {
  readonly deliveries = new Probe<DeliveryFact>();
  private readonly fact = new DeliveryFact();
  private readonly engines: DmaEngines;

  constructor(engines: DmaEngines) {
    this.engines = engines;
  }

  arrived(tlp: number): void {
    const { tlps } = this.engines.fabric;
    const kind = tlps.class[tlp] as number;
    if (tlps.message[tlp] !== 0) this.engines.ats.arrived(tlp);
    else if (kind === COMPLETION) this.deliver(tlp, false);
    else this.reach(tlp, kind === POSTED);
    tlps.release(tlp);
  }

  /** A request comes to its completer. */
  private reach(request: number, posted: boolean): void {
    const { tlps } = this.engines.fabric;
    this.engines.driven.of(tlps.flow[request] as number)?.witness?.(posted, tlps.tail[request] as number);
    if (posted) this.deliver(request, true);
    else this.complete(request);
  }

  /** Makes the completions of a read request. */
  private complete(request: number): void {
    const { fabric, requests, destinations } = this.engines;
    const { tlps } = fabric;
    const flow = tlps.flow[request] as number;
    const owner = tlps.owner[request] as number;
    const serial = tlps.serial[request] as number;
    const { completionWay, completerPort, plan } = destinations.of(
      flow,
      requests.destination[owner] as number,
    );
    const { completionsRelaxed, completionsIdBased } = this.engines.orderFlags;
    const ready = (tlps.tail[request] as number) + plan.completerLatency;
    let address = requests.address[owner] as number;
    let left = requests.bytes[owner] as number;
    for (let piece = 0; left > 0; piece++) {
      const payload = nextCompletion(bytes(address), bytes(left), plan.rcb, plan.completionChunk);
      const tlp = tlps.take();
      tlps.class[tlp] = COMPLETION;
      tlps.message[tlp] = 0;
      tlps.relaxed[tlp] = completionsRelaxed[flow] as number;
      tlps.idBased[tlp] = completionsIdBased[flow] as number;
      tlps.source[tlp] = plan.completer;
      tlps.payload[tlp] = payload;
      tlps.bytes[tlp] = tlpBytes(COMPLETION_HEADER_BYTES, payload);
      tlps.address[tlp] = address;
      tlps.page[tlp] = -1;
      tlps.translated[tlp] = 0;
      tlps.dataCredits[tlp] = dataCredits(payload);
      tlps.flow[tlp] = flow;
      tlps.owner[tlp] = owner;
      tlps.serial[tlp] = serial;
      tlps.piece[tlp] = piece;
      tlps.way[tlp] = completionWay;
      tlps.stage[tlp] = COMPLETION_STAGE;
      tlps.via[tlp] = -1;
      tlps.head[tlp] = ready;
      tlps.tail[tlp] = ready;
      fabric.offer(tlp, completerPort);
      address += payload;
      left -= payload;
    }
  }

  private deliver(tlp: number, posted: boolean): void {
    const { fabric, transfers, requests } = this.engines;
    const { tlps } = fabric;
    const owner = tlps.owner[tlp] as number;
    const flow = tlps.flow[tlp] as number;
    const payload = tlps.payload[tlp] as number;
    const tail = tlps.tail[tlp] as number;
    const transfer = posted ? owner : (requests.transfer[owner] as number);
    const last = transfers.arrive(transfer, payload, tail);
    if (last && !posted) this.land(flow, transfer);
    if (this.deliveries.active) this.state(tlp, transfer, last);
    if (!posted && requests.arrive(owner, payload)) {
      fabric.free(this.engines.engineOf(flow).pool, requests.bytes[owner] as number, tail);
      requests.release(owner);
    }
    if (!last) return;
    this.engines.transferEnds(flow, transfers.lastArrival[transfer] as number);
    transfers.release(transfer);
  }

  /** A read ends when its data is where the engine puts it. */
  private land(flow: number, transfer: number): void {
    const { engines } = this;
    const { lastArrival } = engines.transfers;
    const { size } = engines.flowPlan(flow);
    lastArrival[transfer] = engines.engineOf(flow).landed(size, lastArrival[transfer] as number);
  }

  private state(tlp: number, transfer: number, last: boolean): void {
    const { fact } = this;
    const { transfers, fabric } = this.engines;
    const { tlps } = fabric;
    fact.flow = tlps.flow[tlp] as number;
    fact.class = tlps.class[tlp] as number;
    fact.serial = tlps.serial[tlp] as number;
    fact.piece = tlps.piece[tlp] as number;
    fact.payload = tlps.payload[tlp] as number;
    fact.time = tlps.tail[tlp] as number;
    fact.issued = transfers.issued[transfer] as number;
    fact.wished = transfers.wished[transfer] as number;
    fact.last = last;
    fact.ended = transfers.lastArrival[transfer] as number;
    const { recorders } = this.deliveries;
    for (let i = 0; i < recorders.length; i++) recorders[i]?.add(fact);
  }
}
