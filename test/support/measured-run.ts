import { type FlowRequest, flowSpec } from '../../src/dma/flow-spec.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { FlowResult, RunResult } from '../../src/experiment/run-result.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, parseTime } from '../../src/units.ts';

interface Arrival {
  /** When the tail was at the target, in ps. */
  readonly time: number;
  readonly issued: number;
  readonly payload: number;
  /** End of the whole transfer, in ps, with the arrival that completes it. */
  readonly ended: number | null;
}

/** Writes down each arrival of data: what all rates of these tests are made of. */
class ArrivalRecorder implements Recorder<DeliveryFact> {
  readonly byFlow: Arrival[][] = [];

  add({ flow, time, issued, payload, last, ended }: DeliveryFact): void {
    const arrivals = this.byFlow[flow] ?? [];
    this.byFlow[flow] = arrivals;
    arrivals.push({ time, issued, payload, ended: last ? ended : null });
  }
}

/** Bytes and picoseconds to GB/s. */
const rateOf = (size: number, time: number): number => (size * 1e3) / time;

/** What arrived of one flow, in order of time. */
export class FlowArrivals {
  private readonly arrivals: readonly Arrival[];

  constructor(arrivals: readonly Arrival[]) {
    this.arrivals = arrivals.toSorted((a, b) => a.time - b.time);
  }

  /** TLPs with data. */
  get count(): number {
    return this.arrivals.length;
  }

  /** Payload of all arrivals. */
  get bytes(): number {
    return this.arrivals.reduce((sum, { payload }) => sum + payload, 0);
  }

  /** Whole transfers. */
  get transfers(): number {
    return this.arrivals.filter(({ ended }) => ended !== null).length;
  }

  /** Payload over the time from the first issue to the last arrival, as DESIGN (section 7) defines goodput. */
  get goodput_GBps(): number {
    const firstIssue = this.arrivals.reduce((first, { issued }) => Math.min(first, issued), Infinity);
    return rateOf(this.bytes, (this.arrivals.at(-1) as Arrival).time - firstIssue);
  }

  /** From the start of the first request to the arrival of the first data. */
  get first_ns(): number {
    const { time, issued } = this.arrivals[0] as Arrival;
    return (time - issued) / 1e3;
  }

  /**
   * Rate between the ends of the first and the last of the whole transfers, all of `size` bytes, so that neither latency
   * nor the first transfer's way counts. `skip` transfers more are left away at either end, where the way is still filling
   * or no longer full.
   */
  steadyRate_GBps(size: number, skip = 0): number {
    const all = this.arrivals.flatMap(({ ended }) => ended ?? []);
    const ends = all.slice(skip, all.length - skip);
    if (ends.length < 2) throw new RangeError(`${ends.length} transfers have ended; a rate needs two`);
    return rateOf(size * (ends.length - 1), (ends.at(-1) as number) - (ends[0] as number));
  }

  /** Rate between the first and the last arrival of a window of time; the first TLP opens it and does not count. */
  rateWithin_GBps(from_ns: number, to_ns: number): number {
    const within = this.arrivals.filter(({ time }) => time >= from_ns * 1e3 && time <= to_ns * 1e3);
    if (within.length < 2) throw new RangeError(`${within.length} arrivals in the window; a rate needs two`);
    const payload = within.slice(1).reduce((sum, arrival) => sum + arrival.payload, 0);
    return rateOf(payload, (within.at(-1) as Arrival).time - (within[0] as Arrival).time);
  }
}

export interface MeasuredFlow {
  readonly result: FlowResult;
  readonly arrivals: FlowArrivals;
}

export interface Measured {
  readonly result: RunResult;
  /** In the order of the request. */
  readonly flows: readonly MeasuredFlow[];
}

/** A flow from one device (or memory) to another with so many bytes a transfer. */
export const flow = (
  from: string,
  to: string,
  size: number,
  more: Partial<FlowRequest> = {},
): FlowRequest => ({
  from: [from],
  to: [to],
  size: bytes(size),
  ...more,
});

export interface MeasureOptions {
  readonly seed?: string;
  /** End of the run, such as `50 us`; left away: until all is delivered. */
  readonly until?: string;
  readonly runner?: Runner;
}

const resident = new Runner();
const profile = loadKernelProfile();

/** Runs the engine and collects arrivals. A refused flow has none. */
export function measure(
  system: System,
  requests: readonly FlowRequest[],
  { seed = 'measured', until, runner = resident }: MeasureOptions = {},
): Measured {
  const recorder = new ArrivalRecorder();
  const result = runner.run({
    system,
    profile,
    flows: requests.map(flowSpec),
    seed,
    until: until === undefined ? null : parseTime(until),
    recorders: { deliveries: [recorder] },
  });
  let accepted = 0;
  const flows = result.flows.map((each) => ({
    result: each,
    arrivals: new FlowArrivals(each.refused === undefined ? (recorder.byFlow[accepted++] ?? []) : []),
  }));
  return { result, flows };
}

/** The only flow of a run. */
export function measureOne(system: System, request: FlowRequest, options: MeasureOptions = {}): MeasuredFlow {
  const [only] = measure(system, [request], options).flows;
  return only as MeasuredFlow;
}
