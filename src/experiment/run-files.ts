import { EXPORTER_COSTS, IMPORTER_COSTS } from '../dma/life/bill.ts';
import { csv } from '../report/csv.ts';
import { pagesFiles } from './pages-files.ts';
import type { BufferResult, FlowResult, RunResult, TimelineResult } from './run-result.ts';

const FLOWS = [
  'id',
  'from',
  'to',
  'op',
  'bytes',
  'goodput_GBps',
  'ci95_low_GBps',
  'ci95_high_GBps',
  'latency_p50_ns',
  'latency_p99_ns',
  'latency_mean_ns',
  'limited_by',
  'limited_share',
  'turn',
  'address',
  'refused',
  'accounted_GBps',
].map((field) => ({ field }));

const LINKS = ['id', 'from', 'to', 'utilisation', 'replays'].map((field) => ({ field }));
const QUEUES = ['port', 'class', 'mean_tlps', 'mean_bytes'].map((field) => ({ field }));

const distinct = (values: readonly string[]): string | null =>
  values.length > 0 ? [...new Set(values)].join(' ') : null;

function flowRow(flow: FlowResult) {
  const { id, from, to, op, bytes, goodput_GBps, ci95_GBps, latency_ns, limitedBy, routes, refused } = flow;
  const [limit] = limitedBy;
  return {
    id,
    from,
    to,
    op,
    bytes,
    goodput_GBps,
    ci95_low_GBps: ci95_GBps?.[0],
    ci95_high_GBps: ci95_GBps?.[1],
    latency_p50_ns: latency_ns?.p50,
    latency_p99_ns: latency_ns?.p99,
    latency_mean_ns: latency_ns?.mean,
    limited_by: limit?.resource,
    limited_share: limit?.share,
    turn: distinct(routes.map(({ turn }) => turn)),
    address: distinct(routes.map(({ address }) => address)),
    refused,
    accounted_GBps: flow.accounted_GBps,
  };
}

const COSTS = [...EXPORTER_COSTS, ...IMPORTER_COSTS].map((cost) => `${cost}_ns` as const);
const EVENTS = ['buffer', 'what', 'from_ps', 'errno', 'attachments', 'mapped', 'total_ns', ...COSTS].map(
  (field) => ({ field }),
);
const IMPORTERS = ['buffer', 'id', 'device', 'kind', 'op', 'bytes', 'goodput_GBps', 'maps', 'refused'].map(
  (field) => ({ field }),
);

function bufferFiles(buffers: readonly BufferResult[]): readonly [string, string][] {
  const events = buffers.flatMap(({ id, events: own }) =>
    own.map(({ costs, ...event }) => ({ buffer: id, ...event, ...costs })),
  );
  const importers = buffers.flatMap(({ id, importers: own }) => own.map((row) => ({ buffer: id, ...row })));
  return [
    ['events.csv', csv(events, EVENTS)],
    ['importers.csv', csv(importers, IMPORTERS)],
  ];
}

function timelineFile({ interval_ps, series }: TimelineResult): readonly [string, string] {
  const rows = (series[0]?.rate_GBps ?? []).map((_, i) => ({
    from_ps: i * interval_ps,
    ...Object.fromEntries(series.map(({ id, rate_GBps }) => [id, rate_GBps[i]])),
  }));
  const columns = ['from_ps', ...series.map(({ id }) => id)].map((field) => ({ field }));
  return ['timeline.csv', csv(rows, columns)];
}

/** The files of a run: the whole result, and its tables. */
export const runFiles = (result: RunResult): ReadonlyMap<string, string> =>
  new Map([
    ['result.json', `${JSON.stringify(result, null, 2)}\n`],
    ['flows.csv', csv(result.flows.map(flowRow), FLOWS)],
    [
      'links.csv',
      csv(
        result.links.map((link) => ({ ...link })),
        LINKS,
      ),
    ],
    [
      'queues.csv',
      csv(
        result.queues.map((queue) => ({ ...queue })),
        QUEUES,
      ),
    ],
    ...(result.buffers ? bufferFiles(result.buffers) : []),
    ...(result.pages ? pagesFiles(result.pages) : []),
    ...(result.timeline ? [timelineFile(result.timeline)] : []),
  ]);
