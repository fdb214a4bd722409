import type { PagesResult } from '../pages-result.ts';
import type { RingResult } from '../ring-result.ts';
import type { BenchmarkResult, BufferResult, FlowResult, RunResult } from '../run-result.ts';
import type { Figure } from './figure.ts';

const flowFigures = ({ id, goodput_GBps, latency_ns }: FlowResult): readonly Figure[] => [
  { name: `goodput of ${id} (GB/s)`, value: goodput_GBps },
  { name: `mean latency of ${id} (ns)`, value: latency_ns?.mean ?? null },
];

const bufferFigures = ({ id, events, importers }: BufferResult): readonly Figure[] => [
  ...events.map(({ what, total_ns }, i) => ({
    name: `event ${i + 1} of ${id}, ${what} (ns)`,
    value: total_ns,
  })),
  ...importers.map((each) => ({ name: `goodput of ${each.id} (GB/s)`, value: each.goodput_GBps })),
];

const pagesFigures = ({ id, clients, removals }: PagesResult): readonly Figure[] => [
  ...clients.flatMap((client) => [
    { name: `goodput of ${client.id} (GB/s)`, value: client.goodput_GBps },
    { name: `mean latency of ${client.id} (ns)`, value: client.all.latency_ns?.mean ?? null },
  ]),
  ...removals.map(({ waited_ns }, i) => ({ name: `removal ${i + 1} of ${id} (ns)`, value: waited_ns })),
];

const benchmarkFigure = ({ tool, value, unit }: BenchmarkResult): Figure => ({
  name: `${tool} (${unit})`,
  value,
});

const ringFigure = ({ id, busbw_GBps: value }: RingResult): Figure => ({
  name: `bus bandwidth of ${id} (GB/s)`,
  value,
});

/**
 * What a run is read for: a benchmark's value alone, else goodput and latency of its flows and clients, the bandwidth of its rings, and
 * what events and removals took.
 */
export const runFigures = ({ benchmark, ...result }: RunResult): readonly Figure[] =>
  benchmark === undefined ? figuresOf(result) : [benchmarkFigure(benchmark)];

const figuresOf = ({ flows, buffers = [], pages = [], rings = [] }: RunResult): readonly Figure[] => [
  ...flows.flatMap(flowFigures),
  ...rings.map(ringFigure),
  ...buffers.flatMap(bufferFigures),
  ...pages.flatMap(pagesFigures),
];
