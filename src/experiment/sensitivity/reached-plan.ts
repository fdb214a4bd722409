import type { EnginePlan, FlowPlan } from '../../dma/flow-plan.ts';
import type { RunPlan } from '../../dma/run-plan.ts';
import type { EndpointPlan, FabricPlan, OutputPlan } from '../../fabric/plan.ts';

type Numbered<T> = readonly (readonly [number, T])[];

/** Of a plan what its TLPs can come to, for comparing alone: two runs of which it is the same are the same. */
export interface ReachedPlan {
  readonly flows: readonly unknown[];
  readonly engines: readonly unknown[];
  readonly ways: RunPlan['ways'];
  readonly wayStarts: RunPlan['wayStarts'];
  readonly outputs: Numbered<unknown>;
  readonly ports: Numbered<unknown>;
  readonly endpoints: Numbered<EndpointPlan>;
  readonly sharedBuffers: FabricPlan['sharedBuffers'];
}

/** Which TLPs there are: posted writes, and requests with completions. */
interface Traffic {
  readonly posted: boolean;
  readonly answered: boolean;
}

/** With ATS there are Translation Requests, and invalidations. */
function trafficOf({ flows }: RunPlan): Traffic {
  const ats = flows.some(({ destinations }) => destinations.some((each) => each.ats !== null));
  return {
    posted: ats || flows.some(({ op }) => op === 'write'),
    answered: ats || flows.some(({ op }) => op !== 'write'),
  };
}

function flowOf({ destinations, ...flow }: FlowPlan, { answered }: Traffic): unknown {
  const ends = destinations.map(({ completerLatency, rcb, completionChunk, ...way }) => ({
    ...way,
    completer: { number: way.completer, ...(answered && { completerLatency, rcb, completionChunk }) },
  }));
  return { ...flow, ends };
}

function engineOf(engine: EnginePlan, { posted, answered }: Traffic): unknown {
  const { tags, outstandingBytes, landing, writeGap, writeSetup, ...both } = engine;
  return {
    ...both,
    ...(answered && { tags, outstandingBytes, landing }),
    ...(posted && { writeGap, writeSetup }),
  };
}

/** DLLPs on a channel that carries no TLPs hold nothing up. */
function outputOf(output: OutputPlan, used: ReadonlySet<number>, { posted, answered }: Traffic): unknown {
  const { credits, dllpBytesPerTlp, dllpBytesPerWireByte, ...rest } = output;
  return {
    ...rest,
    ...(used.has(output.reverse) && { dllpBytesPerTlp, dllpBytesPerWireByte }),
    ...(posted && { posted: credits.posted }),
    ...(answered && { nonposted: credits.nonposted, completion: credits.completion }),
  };
}

const endpointsOf = ({ flows }: RunPlan): readonly number[] =>
  flows.flatMap(({ initiator, destinations }) => [
    initiator,
    ...destinations.flatMap(({ completer, ats }) => (ats === null ? [completer] : [completer, ats.agent])),
  ]);

function picked<T>(all: readonly T[], numbers: Iterable<number>): Numbered<T> {
  const own = new Set(numbers);
  return all.flatMap((one, number) => (own.has(number) ? [[number, one] as const] : []));
}

/** The outputs on the ways of a plan's flows, the ports behind them, and the flows' ends with theirs. */
export function reachedPlan(plan: RunPlan): ReachedPlan {
  const { fabric, flows, engines, ways, wayStarts } = plan;
  const traffic = trafficOf(plan);
  const used = new Set(ways);
  const outputs = picked(fabric.outputs, used);
  const endpoints = picked(fabric.endpoints, endpointsOf(plan));
  const queues = endpoints.flatMap(([, { dmaPort, completerPort, sinkPort, atsPort }]) => [
    dmaPort,
    completerPort,
    sinkPort,
    atsPort,
  ]);
  return {
    flows: flows.map((flow) => flowOf(flow, traffic)),
    engines: engines.map((engine) => engineOf(engine, traffic)),
    ways,
    wayStarts,
    outputs: outputs.map(([number, output]) => [number, outputOf(output, used, traffic)]),
    ports: picked(fabric.ports, [...outputs.map(([, { port }]) => port), ...queues]),
    endpoints,
    sharedBuffers: fabric.sharedBuffers,
  };
}
