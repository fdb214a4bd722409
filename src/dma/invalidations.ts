import { INVALIDATE_REQUEST } from './ats-message.ts';
import { offerAtsTlp } from './ats-tlps.ts';
import type { AtsPlaces } from './destinations.ts';
import type { DmaEngines } from './dma-engines.ts';
import type { RunPlan } from './run-plan.ts';

/**
 * The Invalidate Requests that translation agents send to the devices of flows, at multiples of a time while these have
 * transfers left. They wake the output on which they leave, and are settled in order of time whenever that decides.
 */
export class Invalidations {
  private readonly engines: DmaEngines;
  /** By flow: when the next is due (Infinity: none is), the time from one to the next, and how many were sent. */
  private due = new Float64Array(0);
  private every = new Float64Array(0);
  private sent = new Int32Array(0);
  /** By output: flows whose Invalidate Requests leave by it. */
  private byOutput: number[][] = [];

  constructor(engines: DmaEngines) {
    this.engines = engines;
  }

  /** To be called when all else is reset: it wakes the outputs for the first. */
  reset({ flows, fabric: { outputs } }: RunPlan): void {
    const { fabric } = this.engines;
    this.byOutput = outputs.map(() => []);
    this.every = Float64Array.from(flows, ({ invalidateEvery }) => invalidateEvery ?? Infinity);
    this.due = Float64Array.from(flows, ({ start }, flow) => start + (this.every[flow] as number));
    this.sent = new Int32Array(flows.length);
    for (const [flow, { destinations }] of flows.entries()) {
      const output = destinations.find(({ ats }) => ats !== null)?.ats?.answerWay[0];
      if (output === undefined || this.every[flow] === Infinity) continue;
      this.byOutput[output]?.push(flow);
      fabric.outputs.hasEngine[output] = 1;
      fabric.wake(output, this.due[flow] as number);
    }
  }

  /** Sends what has become due on this output, and wakes it for what will. */
  advance(output: number): void {
    const flows = this.byOutput[output] as number[];
    if (flows.length === 0) return;
    const { fabric } = this.engines;
    let next = this.first(flows);
    for (; (this.due[next] as number) <= fabric.events.now; next = this.first(flows)) this.send(next);
    if (this.due[next] !== Infinity) fabric.wake(output, this.due[next] as number);
  }

  /** Sends one for the flow, now; false where its device keeps no translations. */
  sendNow(flow: number): boolean {
    const places = this.engines.destinations.ats(flow);
    if (places !== null) this.offer(flow, places, this.engines.fabric.events.now);
    return places !== null;
  }

  private first(flows: readonly number[]): number {
    let first = flows[0] as number;
    for (const flow of flows) if ((this.due[flow] as number) < (this.due[first] as number)) first = flow;
    return first;
  }

  private send(flow: number): void {
    const { flows, destinations } = this.engines;
    const at = this.due[flow] as number;
    const places = destinations.ats(flow);
    if (places === null || !flows.isOpenAt(flow, at)) {
      this.due[flow] = Infinity;
      return;
    }
    this.due[flow] = at + (this.every[flow] as number);
    this.offer(flow, places, at);
  }

  private offer(flow: number, places: AtsPlaces, at: number): void {
    const number = (this.sent[flow] as number) + 1;
    this.sent[flow] = number;
    offerAtsTlp(this.engines.fabric, {
      message: INVALIDATE_REQUEST,
      flow,
      serial: -number,
      owner: -1,
      page: -1,
      source: places.agent,
      port: places.agentPort,
      way: places.answerWay,
      at,
    });
  }
}
