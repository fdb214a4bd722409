import { TRANSLATION_COMPLETION, TRANSLATION_REQUEST } from '../../src/dma/ats-message.ts';
import type { AtsPlan } from '../../src/dma/flow-plan.ts';
import type { EndpointPlan } from '../../src/fabric/plan.ts';
import { makeMessage } from './ats-message.ts';
import type { Surroundings } from './dma-engine.ts';
import type { Flow } from './flow.ts';
import type { Port } from './port.ts';

interface Translation {
  readonly flow: Flow;
  readonly page: number;
  isThere: boolean;
  readonly waiting: (() => void)[];
}

/** The address of a request, and what is to be done when its page is translated. */
interface Wish {
  readonly address: number;
  goOn(): void;
}

/** The cache of translations of one device, and its way of asking for those that it lacks. */
export class Translator {
  private readonly place: EndpointPlan;
  private readonly around: Surroundings;
  private readonly size: number;
  /** From the least to the most recently used. */
  private cache: readonly Translation[] = [];

  constructor(place: EndpointPlan, size: number, around: Surroundings) {
    this.place = place;
    this.size = size;
    this.around = around;
  }

  translate(flow: Flow, ats: AtsPlan, { address, goOn }: Wish): void {
    const page = ats.pages.first + Math.floor(address / ats.pages.bytes);
    const known = this.cache.find((entry) => entry.page === page);
    const entry = known ?? { flow, page, isThere: false, waiting: [] };
    this.cache = [...this.cache.filter((other) => other !== entry), entry].slice(-this.size);
    if (!known) this.ask(entry, ats);
    if (entry.isThere) goOn();
    else entry.waiting.push(goOn);
  }

  forget(flow: Flow): void {
    this.cache = this.cache.filter((entry) => entry.flow !== flow);
  }

  private ask(translation: Translation, ats: AtsPlan): void {
    const { ports, endpoints, agenda } = this.around;
    const { flow, page } = translation;
    const serial = flow.nextSerial();
    const agent = endpoints[ats.agent] as EndpointPlan;
    const answer = makeMessage(TRANSLATION_COMPLETION, {
      flow,
      serial,
      page: null,
      source: ats.agent,
      way: ats.answerWay,
      delivered: () => {
        translation.isThere = true;
        for (const goOn of translation.waiting) goOn();
      },
    });
    const question = makeMessage(TRANSLATION_REQUEST, {
      flow,
      serial,
      page,
      source: flow.plan.initiator,
      way: ats.requestWay,
      delivered: () => (ports[agent.completerPort] as Port).make(answer, agenda.now),
    });
    (ports[this.place.atsPort] as Port).make(question, agenda.now);
  }
}
