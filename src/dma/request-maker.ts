import { dataCredits } from '../pcie/credits.ts';
import { nextReadRequest, nextWriteChunk } from '../pcie/split.ts';
import { tlpBytes } from '../pcie/wire.ts';
import { bytes } from '../units.ts';
import type { DmaEngine } from './dma-engine.ts';
import type { DmaEngines } from './dma-engines.ts';
import { REQUEST_STAGE } from './stages.ts';

const POSTED = 0;

/** Makes the requests of copies: writes, reads and atomics, each to the destination of its copy or to one of its own. */
export class RequestMaker {
  private readonly engines: DmaEngines;

  constructor(engines: DmaEngines) {
    this.engines = engines;
  }

  /** Makes the next request of a copy at `at`, and puts it into the engine's queue, now or when it is translated. */
  offer(engine: DmaEngine, copy: number, at: number): void {
    const { fabric, transfers, flows, destinations, ats } = this.engines;
    const { tlps } = fabric;
    const flow = transfers.flow[copy] as number;
    const drawn = transfers.destination[copy] as number;
    const index = drawn < 0 ? flows.drawDestination(flow) : drawn;
    const destination = destinations.of(flow, index);
    const tlp = this.make(copy, index);
    const { pages } = destination;
    const address = tlps.address[tlp] as number;
    tlps.page[tlp] = pages === null ? -1 : pages.first + Math.floor(address / pages.bytes);
    tlps.way[tlp] = destination.requestWay;
    tlps.head[tlp] = at;
    tlps.tail[tlp] = at;
    if (destination.ats === null) fabric.offer(tlp, engine.place.dmaPort);
    else ats.offer(engine, tlp, destination.ats);
  }

  private make(copy: number, destination: number): number {
    const { fabric, transfers, requests, flows, orderFlags } = this.engines;
    const { tlps } = fabric;
    const flow = transfers.flow[copy] as number;
    const plan = this.engines.flowPlan(flow);
    const kind = plan.op === 'write' ? POSTED : 1;
    const address = bytes(transfers.address[copy] as number);
    const left = bytes(transfers.toIssue[copy] as number);
    const size =
      kind === POSTED
        ? nextWriteChunk(address, left, plan.chunk)
        : nextReadRequest(address, left, plan.chunk);
    const payload = plan.op === 'read' ? bytes(0) : size;
    const tlp = tlps.take();
    tlps.class[tlp] = kind;
    tlps.message[tlp] = 0;
    tlps.relaxed[tlp] = orderFlags.requestsRelaxed[flow] as number;
    tlps.idBased[tlp] = orderFlags.requestsIdBased[flow] as number;
    tlps.source[tlp] = plan.initiator;
    tlps.payload[tlp] = payload;
    tlps.bytes[tlp] = tlpBytes(plan.headerBytes, payload);
    tlps.address[tlp] = address;
    tlps.translated[tlp] = 0;
    tlps.dataCredits[tlp] = dataCredits(payload);
    tlps.flow[tlp] = flow;
    tlps.owner[tlp] = kind === POSTED ? copy : requests.start(copy, destination, address, size);
    tlps.serial[tlp] = flows.nextSerial(flow);
    tlps.piece[tlp] = 0;
    tlps.stage[tlp] = REQUEST_STAGE;
    tlps.via[tlp] = -1;
    return tlp;
  }
}
