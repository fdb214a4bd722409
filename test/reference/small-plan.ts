import type { DestinationPlan, EnginePlan, FlowPlan } from '../../src/dma/flow-plan.ts';
import { type RunPlan, runPlan } from '../../src/dma/run-plan.ts';
import type { EndpointPlan, OutputPlan, PortPlan } from '../../src/fabric/plan.ts';

/** A part of a plan with bare numbers, which are bytes and ps. */
type Plain<T> = T extends number ? number : T extends object ? { readonly [K in keyof T]: Plain<T[K]> } : T;
type Some<T> = Partial<Plain<T>>;
const marked = <T>(plain: Plain<T>): T => plain as T;

interface SmallFlow extends Some<Omit<FlowPlan, 'destinations' | 'initiator'>> {
  readonly from: number;
  readonly to: number;
  /** Over the link of the maker alone, or over the switch; over the switch unless given. */
  readonly over?: 'link' | 'switch';
  readonly destination?: Some<DestinationPlan>;
}

/** What a small machine has otherwise than all others. Outputs, ports and engines by id. */
export interface SmallMachine {
  /** How many endpoints there are. */
  readonly endpoints: number;
  readonly outputs?: Readonly<Record<string, Some<OutputPlan>>>;
  readonly ports?: Readonly<Record<string, Some<PortPlan>>>;
  readonly engine?: Some<EnginePlan>;
  readonly sharedBuffers?: readonly number[];
  readonly flows: readonly SmallFlow[];
}

const ENDLESS = { headers: null, data: null };

/** 1 ps a byte and 1 ns of flight, with 8 B around each TLP; nothing is ever short and nothing goes wrong. */
const OUTPUT: Omit<Plain<OutputPlan>, 'id' | 'port'> = {
  kind: 'link',
  framing: 8,
  psPerWireByte: 1,
  psPerPayloadByte: 0,
  flight: 1000,
  flitTime: 0,
  recut: 0,
  replay: { bitErrorRate: 0, nakReturn: 0, timeout: 0, buffer: null, ackReturn: 0 },
  credits: { posted: ENDLESS, nonposted: ENDLESS, completion: ENDLESS },
  creditReturn: 0,
  updatePeriod: 0,
  sharedBuffer: -1,
  reverse: -1,
  dllpBytesPerTlp: 0,
  dllpBytesPerWireByte: 0,
};

const PORT: Omit<Plain<PortPlan>, 'id'> = {
  latency: 0,
  storeAndForward: false,
  readPsPerByte: 0,
  framing: 8,
  order: 'none',
  virtualOutputs: false,
  weight: 1,
  destinationChange: 0,
  translation: null,
};

/** Writes of 64 B each, all at once. */
const FLOW: Omit<Plain<FlowPlan>, 'id' | 'initiator' | 'destinations' | 'region' | 'size'> = {
  op: 'write',
  spread: 'transfer',
  access: 'sequential',
  transfers: 1,
  load: { kind: 'closed', depth: 1 },
  start: 0,
  invalidateEvery: null,
  chunk: 64,
  headerBytes: 16,
  relaxedOrdering: false,
  idBasedOrdering: false,
};

const ENGINE: Omit<Plain<EnginePlan>, 'endpoint'> = {
  issueGap: 0,
  writeGap: 0,
  writeSetup: 0,
  landing: { latency: 0, rate: null },
  tags: 256,
  outstandingBytes: 1e9,
  copiesInFlight: 64,
  granularity: 1e9,
  translations: 0,
  order: 'round-robin',
};

/**
 * A switch with some endpoints: endpoint i sends over output `u<i>`, number i, to the port `in<i>`, and gets from output `d<i>`,
 * which has the numbers behind. Its queues are `dma<i>`, number i, and `completer<i>`.
 */
export function smallPlan({ endpoints: count, outputs = {}, ports = {}, ...rest }: SmallMachine): RunPlan {
  const all = [...Array(count).keys()];
  const up = all.map((i) => ({ ...OUTPUT, id: `u${i}`, port: count + i, ...outputs[`u${i}`] }));
  const down = all.map((i) => ({ ...OUTPUT, id: `d${i}`, port: 3 * count + i, ...outputs[`d${i}`] }));
  const portsOf = (kind: string) => all.map((i) => ({ ...PORT, id: `${kind}${i}`, ...ports[`${kind}${i}`] }));
  const fabric = {
    outputs: [...up, ...down].map(marked<OutputPlan>),
    ports: ['dma', 'in', 'completer', 'sink'].flatMap(portsOf).map(marked<PortPlan>),
    endpoints: all.map((i): EndpointPlan => {
      const queues = { dmaPort: i, completerPort: 2 * count + i, sinkPort: 3 * count + i, atsPort: -1 };
      return { id: `e${i}`, output: i, ...queues };
    }),
    sharedBuffers: rest.sharedBuffers ?? [],
  };
  const flows = rest.flows.map((flow, number) => flowPlan(flow, number, count));
  const engines = all.map((endpoint) => marked<EnginePlan>({ ...ENGINE, ...rest.engine, endpoint }));
  return runPlan(fabric, flows, engines);
}

function flowPlan(
  { from, to, over, destination, ...facts }: SmallFlow,
  number: number,
  count: number,
): FlowPlan {
  const way = (maker: number, end: number) => (over === 'link' ? [maker] : [maker, count + end]);
  const only = {
    requestWay: way(from, to),
    completionWay: way(to, from),
    completer: to,
    completerLatency: 0,
    rcb: 64,
    completionChunk: 64,
    pages: null,
    ats: null,
    ...destination,
  };
  const size = facts.size ?? 64;
  const plan = { ...FLOW, id: `f${number}`, region: size, ...facts, size, initiator: from };
  return marked<FlowPlan>({ ...plan, destinations: [only] });
}
