import { TimeLists } from '../engine/time-lists.ts';
import { ATS, resource } from '../fabric/resources.ts';
import {
  INVALIDATE_COMPLETION,
  INVALIDATE_REQUEST,
  TRANSLATION_COMPLETION,
  TRANSLATION_REQUEST,
} from './ats-message.ts';
import { offerAtsTlp } from './ats-tlps.ts';
import type { AtsPlaces } from './destinations.ts';
import type { DmaEngine } from './dma-engine.ts';
import type { DmaEngines } from './dma-engines.ts';
import type { RunPlan } from './run-plan.ts';
import { REQUEST_STAGE } from './stages.ts';
import { type Ask, TranslationCache } from './translation-cache.ts';

/**
 * The Address Translation Services of all devices: a request whose page is not in its device's cache waits for the answer of
 * the translation agent behind the device's root port. An engine's requests come in order of their times, so that what has
 * been invalidated meanwhile can be forgotten when the next one comes. Source: PCIe Base Specification 5.0, chapter 10.
 */
export class Ats {
  private readonly engines: DmaEngines;
  /** By engine. */
  private caches: TranslationCache[] = [];
  /** By engine: when translations are to be forgotten, and those of which flow. */
  private readonly invalidated = new TimeLists();
  /** Those under way, by number. */
  private readonly asks = new Map<number, Ask>();
  private asked = 0;

  constructor(engines: DmaEngines) {
    this.engines = engines;
  }

  reset({ engines }: RunPlan): void {
    this.caches = engines.map(({ translations }) => new TranslationCache(translations));
    this.invalidated.reset(engines.length);
    this.asks.clear();
    this.asked = 0;
  }

  /** Puts a request that its engine makes at its `head` into the engine's queue, from when its page's translation is there. */
  offer(engine: DmaEngine, tlp: number, places: AtsPlaces): void {
    const { tlps } = this.engines.fabric;
    const at = tlps.head[tlp] as number;
    this.forget(engine, at);
    const { pages } = places;
    const page = pages.first + Math.floor((tlps.address[tlp] as number) / pages.bytes);
    const flow = tlps.flow[tlp] as number;
    const known = this.caches[engine.number]?.use(page);
    const ask = known ?? { flow, page, places, validFrom: Number.POSITIVE_INFINITY, waiting: [] };
    if (known === undefined) this.ask(engine, ask, at);
    if (ask.validFrom < Number.POSITIVE_INFINITY) this.goOn(engine, tlp, ask.validFrom);
    else ask.waiting.push(tlp);
  }

  /** An ATS TLP will be at its end at its `tail`. */
  arrived(tlp: number): void {
    switch (this.engines.fabric.tlps.message[tlp]) {
      case TRANSLATION_REQUEST:
        return this.answer(tlp);
      case TRANSLATION_COMPLETION:
        return this.answered(tlp);
      case INVALIDATE_REQUEST:
        return this.invalidate(tlp);
      case INVALIDATE_COMPLETION:
        return this.acknowledge(tlp);
    }
  }

  private ask(engine: DmaEngine, ask: Ask, at: number): void {
    const { fabric, flows } = this.engines;
    const owner = this.asked++;
    this.asks.set(owner, ask);
    this.caches[engine.number]?.add(ask);
    offerAtsTlp(fabric, {
      message: TRANSLATION_REQUEST,
      flow: ask.flow,
      serial: flows.nextSerial(ask.flow),
      owner,
      page: ask.page,
      source: engine.plan.endpoint,
      port: engine.place.atsPort,
      way: ask.places.requestWay,
      at,
    });
  }

  /** The agent answers at once: the IOMMU has translated the page where the request entered the root complex. */
  private answer(request: number): void {
    const { fabric } = this.engines;
    const { tlps } = fabric;
    const owner = tlps.owner[request] as number;
    const { flow, places } = this.asks.get(owner) as Ask;
    offerAtsTlp(fabric, {
      message: TRANSLATION_COMPLETION,
      flow,
      serial: tlps.serial[request] as number,
      owner,
      page: -1,
      source: places.agent,
      port: places.agentPort,
      way: places.answerWay,
      at: tlps.tail[request] as number,
    });
  }

  private answered(completion: number): void {
    const { tlps } = this.engines.fabric;
    const owner = tlps.owner[completion] as number;
    const ask = this.asks.get(owner) as Ask;
    this.asks.delete(owner);
    ask.validFrom = tlps.tail[completion] as number;
    const engine = this.engines.engineOf(ask.flow);
    for (const tlp of ask.waiting) this.goOn(engine, tlp, ask.validFrom);
  }

  private goOn(engine: DmaEngine, tlp: number, validFrom: number): void {
    const { fabric } = this.engines;
    const { tlps } = fabric;
    const wished = tlps.head[tlp] as number;
    const at = Math.max(wished, validFrom);
    const what = resource(ATS, engine.plan.endpoint);
    fabric.statements.waited(tlps.flow[tlp] as number, REQUEST_STAGE, wished, at, what);
    tlps.head[tlp] = at;
    tlps.tail[tlp] = at;
    fabric.offer(tlp, engine.place.dmaPort);
  }

  /** The device will forget what the request names when its tail comes, and says so to the agent. */
  private invalidate(request: number): void {
    const { fabric, destinations } = this.engines;
    const { tlps } = fabric;
    const flow = tlps.flow[request] as number;
    const at = tlps.tail[request] as number;
    const engine = this.engines.engineOf(flow);
    this.invalidated.insert(engine.number, at, flow);
    offerAtsTlp(fabric, {
      message: INVALIDATE_COMPLETION,
      flow,
      serial: tlps.serial[request] as number,
      owner: -1,
      page: -1,
      source: engine.plan.endpoint,
      port: engine.place.atsPort,
      way: destinations.ats(flow)?.requestWay ?? -1,
      at,
    });
  }

  /** The agent learns that the device has forgotten. */
  private acknowledge(completion: number): void {
    const { tlps } = this.engines.fabric;
    this.engines.driven.of(tlps.flow[completion] as number)?.acknowledgedAt(tlps.tail[completion] as number);
  }

  private forget({ number }: DmaEngine, until: number): void {
    const { invalidated } = this;
    while (invalidated.firstTime(number) <= until) {
      this.caches[number]?.forget(invalidated.amount(invalidated.start(number)));
      invalidated.removeFirst(number);
    }
  }
}
