import { INVALIDATE_COMPLETION, INVALIDATE_REQUEST } from '../../src/dma/ats-message.ts';
import type { AtsPlan } from '../../src/dma/flow-plan.ts';
import type { EndpointPlan } from '../../src/fabric/plan.ts';
import { makeMessage } from './ats-message.ts';
import type { DmaEngine, Surroundings } from './dma-engine.ts';
import type { Flow } from './flow.ts';
import type { Port } from './port.ts';

/** The invalidations of one flow's translations. */
class Series {
  readonly flow: Flow;
  private readonly ats: AtsPlan;
  private readonly every: number;
  private readonly engine: DmaEngine;
  private sent = 0;

  constructor(flow: Flow, ats: AtsPlan, every: number, engine: DmaEngine) {
    this.flow = flow;
    this.ats = ats;
    this.every = every;
    this.engine = engine;
  }

  /** When the next is due. */
  get due(): number {
    return this.flow.plan.start + (this.sent + 1) * this.every;
  }

  get isOver(): boolean {
    const { plan, latencies } = this.flow;
    return latencies.length >= plan.transfers;
  }

  send({ ports, endpoints, agenda }: Surroundings): void {
    const { flow, ats } = this;
    this.sent += 1;
    const serial = -this.sent;
    const portOf = (endpoint: number, name: 'completerPort' | 'atsPort') =>
      ports[(endpoints[endpoint] as EndpointPlan)[name]] as Port;
    const done = makeMessage(INVALIDATE_COMPLETION, {
      flow,
      serial,
      page: null,
      source: flow.plan.initiator,
      way: ats.requestWay,
      delivered: () => {},
    });
    const request = makeMessage(INVALIDATE_REQUEST, {
      flow,
      serial,
      page: null,
      source: ats.agent,
      way: ats.answerWay,
      delivered: () => {
        this.engine.forget(flow);
        portOf(flow.plan.initiator, 'atsPort').make(done, agenda.now);
      },
    });
    portOf(ats.agent, 'completerPort').make(request, agenda.now);
  }
}

/** What the translation agents invalidate, whoever is first in the order of flows going first. */
export class Invalidations {
  private series: readonly Series[];
  private readonly around: Surroundings;

  constructor(flows: readonly Flow[], engineOf: (flow: Flow) => DmaEngine, around: Surroundings) {
    this.around = around;
    this.series = flows.flatMap((flow) => {
      const { destinations, invalidateEvery } = flow.plan;
      const ats = destinations.find((destination) => destination.ats !== null)?.ats;
      return ats && invalidateEvery !== null ? [new Series(flow, ats, invalidateEvery, engineOf(flow))] : [];
    });
  }

  /** Waits for the next that is due. */
  begin(): void {
    if (this.series.length === 0) return;
    const next = Math.min(...this.series.map(({ due }) => due));
    this.around.agenda.at(next, 'return', () => {
      this.series = this.series.filter((each) => !each.isOver);
      for (const each of this.series) if (each.due === next) each.send(this.around);
      this.begin();
    });
  }
}
