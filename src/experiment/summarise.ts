import type { AcceptedFlow, PlannedFlows, RefusedFlow } from '../dma/plan-flows.ts';
import type { FlowSpec } from '../dma/flow-spec.ts';
import type { RunFacts } from '../dma/simulator.ts';
import { edgeFlows } from '../dma/ring/ring-flows.ts';
import type { RingSpec } from '../dma/ring/ring-spec.ts';
import { inFlow, outFlow } from '../dma/staging/staging-flows.ts';
import type { FabricPlan } from '../fabric/plan.ts';
import { resourceName } from '../fabric/resource-name.ts';
import type { ChannelRecorder } from '../observe/channel-recorder.ts';
import type { FlowRecorder } from '../observe/flow-recorder.ts';
import type { FlowSummary } from '../observe/flow-tally.ts';
import type { OccupancyRecorder } from '../observe/occupancy-recorder.ts';
import type { WaitRecorder } from '../observe/wait-recorder.ts';
import { TLP_CLASSES } from '../pcie/tlp-class.ts';
import { childrenOf } from '../system/ancestry.ts';
import { isDegraded, linkText } from '../report/link-text.ts';
import type { System } from '../system/system.ts';
import { accountOf } from './accounting.ts';
import { modelUses } from './model-uses.ts';
import type { FlowResult, LimitShare, LinkResult, QueueResult, RunResult } from './run-result.ts';
import type { RunRequest } from './runner.ts';

export interface OwnRecorders {
  readonly flows: FlowRecorder;
  readonly waits: WaitRecorder;
  readonly channels: ChannelRecorder;
  readonly occupancy: OccupancyRecorder;
}

/** Puts what the recorders counted into the words of a result. */
export function summarise(
  request: RunRequest,
  planned: PlannedFlows,
  fabric: FabricPlan,
  own: OwnRecorders,
  facts: RunFacts,
): RunResult {
  const { system, profile, seed } = request;
  const summaries = planned.accepted.map((_, flow) => own.flows.summary(flow));
  const accepted = planned.accepted.map((flow, i) => {
    const summary = summaries[i] as FlowSummary;
    return {
      ...acceptedResult(flow, summary, limits(fabric, own.waits, i, summary)),
      ...accounted(request, flow),
    };
  });
  const results = new Map(
    [...accepted, ...planned.refused.map(refusedResult)].map((result) => [result.id, result]),
  );
  const cutOff = request.until !== null && facts.end > request.until;
  const end = cutOff ? (request.until ?? 0) : lastOf(summaries);
  const window = { end, span: end - own.channels.firstStart };
  const links = linkResults(system, fabric, own.channels, window);
  return {
    system: system.name,
    kernel: profile.name,
    seed,
    accounting: request.accounting ?? 'wire',
    end_ps: Math.max(0, lastOf(summaries)),
    events: facts.events,
    tlps: facts.tlps,
    flows: flowsOf(request).map((id) => results.get(id) as FlowResult),
    links,
    queues: queueResults(fabric, own.occupancy, window.span),
    models: modelUses(system),
    caveats: [
      ...(request.staged ?? []).flatMap(({ assumed }) => assumed),
      ...(request.rings ?? []).map(ringCaveat),
      ...caveats(system, links),
    ],
  };
}

/** Ids of the flows of the result: those that were asked for, the edges of rings, and the DMAs of the staged ones. */
const flowsOf = ({ flows, rings = [], staged = [] }: RunRequest): readonly string[] => [
  ...flows.map(({ id }) => id),
  ...rings.flatMap(edgeFlows),
  ...staged.flatMap(({ id }) => [inFlow(id), outFlow(id)]),
];

const lastOf = (summaries: readonly FlowSummary[]): number =>
  Math.max(0, ...summaries.map(({ lastArrival }) => lastArrival));

const ends = ({ id, from, to, op }: FlowSpec) => ({ id, from: from.join('+'), to: to.join('+'), op });

function acceptedResult(
  { spec, destinations }: AcceptedFlow,
  summary: FlowSummary,
  limitedBy: readonly LimitShare[],
): FlowResult {
  const { bytes, goodput, goodputHalfWidth, latency, transfers } = summary;
  const [gb, half] = [goodput / 1e9, goodputHalfWidth / 1e9];
  return {
    ...ends(spec),
    bytes,
    goodput_GBps: bytes > 0 ? gb : null,
    ci95_GBps: Number.isNaN(half) ? null : [gb - half, gb + half],
    latency_ns:
      transfers > 0 ? { p50: latency.p50 / 1e3, p99: latency.p99 / 1e3, mean: latency.mean / 1e3 } : null,
    limitedBy,
    routes: destinations.map(({ transfer, request: { turn, hops } }) => ({
      address: transfer.address,
      turn,
      hops,
    })),
  };
}

/** The least that another model gives the ways of a flow. */
function accounted(
  { accounting = 'wire', system }: RunRequest,
  { destinations }: AcceptedFlow,
): Pick<FlowResult, 'accounted_GBps'> {
  if (accounting === 'wire') return {};
  const rates = destinations.map(({ transfer, ...routes }) =>
    accountOf(accounting, system, transfer, routes),
  );
  return { accounted_GBps: rates.includes(null) ? null : Math.min(...rates.map(Number)) };
}

function refusedResult({ spec, reason }: RefusedFlow): FlowResult {
  return {
    ...ends(spec),
    bytes: 0,
    goodput_GBps: null,
    ci95_GBps: null,
    latency_ns: null,
    limitedBy: [],
    refused: reason,
    routes: [],
  };
}

function limits(
  fabric: FabricPlan,
  waits: WaitRecorder,
  flow: number,
  { firstIssue, lastArrival }: FlowSummary,
): readonly LimitShare[] {
  const shares = waits
    .shares(flow, firstIssue, lastArrival)
    .map(({ resource, share }) => ({ resource: resourceName(fabric, resource), share }));
  const none = 1 - shares.reduce((sum, { share }) => sum + share, 0);
  return [...shares, { resource: 'none', share: Math.max(0, none) }].sort((a, b) => b.share - a.share);
}

function linkResults(
  system: System,
  { outputs }: FabricPlan,
  channels: ChannelRecorder,
  { end, span }: { end: number; span: number },
): readonly LinkResult[] {
  return outputs.flatMap(({ id, kind }, output) => {
    if (kind !== 'link') return [];
    const [, port, direction] = /^link:(.*):(up|down)$/.exec(id) as unknown as [string, string, string];
    const below = childrenOf(system, port)[0]?.id ?? port;
    const [from, to] = direction === 'up' ? [below, port] : [port, below];
    return [
      {
        id,
        from,
        to,
        utilisation: span > 0 ? channels.busyUntil(output, end) / span : 0,
        replays: channels.replays[output] as number,
      },
    ];
  });
}

function queueResults(
  { ports }: FabricPlan,
  { stay, byteStay }: OccupancyRecorder,
  span: number,
): readonly QueueResult[] {
  return ports.flatMap(({ id }, port) =>
    TLP_CLASSES.flatMap((name, kind) => {
      const queue = port * 3 + kind;
      if (stay[queue] === 0 || span <= 0) return [];
      return [
        {
          port: id,
          class: name,
          mean_tlps: (stay[queue] as number) / span,
          mean_bytes: (byteStay[queue] as number) / span,
        },
      ];
    }),
  );
}

const ringCaveat = ({ id }: RingSpec): string =>
  `the arithmetic of the ring ${id}, its kernel launches and its flags take no time`;

/** Links that carried TLPs below what both their ends can. */
function caveats(system: System, links: readonly LinkResult[]): readonly string[] {
  const used = new Set(links.flatMap(({ id, utilisation }) => (utilisation > 0 ? [id.split(':')[1]] : [])));
  return Object.values(system.nodes).flatMap((node) => {
    if (!used.has(node.id) || !('link' in node) || !isDegraded(node.link)) return [];
    return [`the link below ${node.id} runs at ${linkText(node.link)}`];
  });
}
