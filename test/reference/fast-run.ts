import type { RunPlan } from '../../src/dma/run-plan.ts';
import { type Recorders, Simulator } from '../../src/dma/simulator.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { TraceRecorder } from '../../src/observe/trace-recorder.ts';
import { type FlowLog, inOrder, type RunLog } from './run-log.ts';

/** Counts what each flow delivers, in the words of a RunLog. */
class FlowLogs implements Recorder<DeliveryFact> {
  private readonly facts: { bytes: number; firstIssue: number; latencies: number[] }[];

  constructor(flows: number) {
    this.facts = Array.from({ length: flows }, () => ({ bytes: 0, firstIssue: Infinity, latencies: [] }));
  }

  add({ flow, payload, issued, last, ended, wished }: DeliveryFact): void {
    const facts = this.facts[flow];
    if (!facts) throw new RangeError(`a delivery for flow ${flow}, but there are ${this.facts.length}`);
    facts.bytes += payload;
    facts.firstIssue = Math.min(facts.firstIssue, issued);
    if (last) facts.latencies.push(ended - wished);
  }

  logs(): readonly FlowLog[] {
    return this.facts.map((facts) => ({ ...facts, latencies: facts.latencies.toSorted((a, b) => a - b) }));
  }
}

/** Runs a plan on the engine proper, with a trace; `others` listen too. A simulator may be used again and again. */
export function fastRun(
  plan: RunPlan,
  seed: string,
  { simulator = new Simulator(), others = {} }: { simulator?: Simulator; others?: Recorders } = {},
): RunLog {
  const trace = new TraceRecorder(plan.fabric.outputs.map(({ id }) => id));
  const flows = new FlowLogs(plan.flows.length);
  simulator.run(plan, {
    seed,
    recorders: {
      ...others,
      passages: [trace, ...(others.passages ?? [])],
      deliveries: [flows, ...(others.deliveries ?? [])],
    },
  });
  return { lines: inOrder(trace.lines()), flows: flows.logs() };
}
