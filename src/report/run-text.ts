import type { BenchmarkResult, BufferResult } from '../experiment/run-result.ts';
import type { PagesResult } from '../experiment/pages-result.ts';
import { bytes, formatBytes } from '../units.ts';
import { bufferText } from './buffer-text.ts';
import { barText } from './bar-text.ts';
import type { Column, TableRow } from './column.ts';
import { pagesText } from './pages-text.ts';
import { modelsNote, type PartUse } from './models-note.ts';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

interface RunFlow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly op: string;
  /** Of a DMA of a staged flow that flow, whose bytes it moves; of an edge of a ring that ring. */
  readonly legOf?: string;
  readonly bytes: number;
  readonly goodput_GBps: number | null;
  readonly ci95_GBps: readonly [number, number] | null;
  readonly latency_ns: { readonly p50: number; readonly p99: number; readonly mean: number } | null;
  readonly limitedBy: readonly { readonly resource: string; readonly share: number }[];
  readonly accounted_GBps?: number | null;
  readonly refused?: string;
}

/** What `hairpin run` prints of a result. */
export interface RunReport {
  readonly scenario: string;
  readonly system: string;
  readonly kernel: string;
  readonly seed: string;
  readonly accounting: string;
  readonly end_ps: number;
  readonly tlps: number;
  readonly flows: readonly RunFlow[];
  readonly benchmark?: BenchmarkResult;
  readonly buffers?: readonly BufferResult[];
  readonly pages?: readonly PagesResult[];
  readonly rings?: readonly { readonly id: string }[];
  readonly links: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly utilisation: number;
    readonly replays: number;
  }[];
  readonly queues: readonly {
    readonly port: string;
    readonly class: string;
    readonly mean_tlps: number;
    readonly mean_bytes: number;
  }[];
  readonly models: readonly PartUse[];
  readonly caveats: readonly string[];
}

/** Lines of the tables of links and of queues. */
const MOST_ROWS = 6;
const BAR = 24;
/** With more flows each has one line. */
const MOST_WITH_DETAILS = 12;

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;

/** The resources that a flow waited for in a tenth of its time or more, and in any case the first. */
function limits({ limitedBy }: RunFlow, most: number): readonly string[] {
  const waits = limitedBy
    .filter(({ resource }) => resource !== 'none')
    .filter(({ share }, i) => i === 0 || share >= 0.1);
  const lines = waits
    .slice(0, most)
    .map(({ resource, share }) => `${percent(share).padStart(6)}  ${resource}`);
  return lines.length === 0 ? ['        nothing'] : lines;
}

const BLANK = { id: '', way: '', op: '', goodput: '', accounted: '', half: '', p50: '', p99: '' };

/** A line for a flow, and one more for each further resource that it waited for. */
function flowRows(flow: RunFlow, scale: number, most: number): readonly TableRow[] {
  if (flow.refused !== undefined) return [{ ...flowRow(flow, scale), limit: '        refused, see below' }];
  const [first, ...rest] = limits(flow, most);
  return [{ ...flowRow(flow, scale), limit: first }, ...rest.map((limit) => ({ ...BLANK, limit }))];
}

function flowRow(flow: RunFlow, scale: number) {
  const { id, from, to, op, goodput_GBps, ci95_GBps, latency_ns } = flow;
  const at = (ns: number | undefined): number | null => (ns === undefined ? null : ns / scale);
  return {
    id,
    way: `${from} → ${to}`,
    op,
    goodput: goodput_GBps,
    accounted: flow.accounted_GBps ?? null,
    half: ci95_GBps ? (ci95_GBps[1] - ci95_GBps[0]) / 2 : null,
    p50: at(latency_ns?.p50),
    p99: at(latency_ns?.p99),
  };
}

function flowColumns(unit: string, accounting: string): readonly Column[] {
  return [
    { field: 'id', title: 'flow' },
    { field: 'way', title: 'data' },
    { field: 'op' },
    { field: 'goodput', title: 'GB/s', digits: 2 },
    ...(accounting === 'wire' ? [] : [{ field: 'accounted', title: accounting, digits: 2 }]),
    { field: 'half', title: '±', digits: 2 },
    { field: 'p50', title: `p50 ${unit}`, digits: unit === 'ns' ? 0 : 1 },
    { field: 'p99', title: `p99 ${unit}`, digits: unit === 'ns' ? 0 : 1 },
    { field: 'limit', title: ' share  waits for' },
  ];
}

function flowTable({ flows, accounting }: RunReport, width: number): string {
  const longest = Math.max(0, ...flows.map(({ latency_ns }) => latency_ns?.p99 ?? 0));
  const unit = longest < 1e4 ? 'ns' : 'us';
  const most = flows.length > MOST_WITH_DETAILS ? 1 : 3;
  const rows = flows.flatMap((flow) => flowRows(flow, unit === 'ns' ? 1 : 1e3, most));
  return textTable(rows, flowColumns(unit, accounting), width);
}

function linkTable(links: RunReport['links'], width: number): string {
  const busy = links
    .filter(({ utilisation }) => utilisation > 0)
    .sort((a, b) => b.utilisation - a.utilisation);
  const rows = busy.slice(0, MOST_ROWS).map(({ id, from, to, utilisation, replays }) => ({
    id,
    way: `${from} → ${to}`,
    busy: percent(utilisation).padStart(6),
    bar: barText(utilisation, BAR),
    replays: replays > 0 ? String(replays) : '',
  }));
  const columns = [
    { field: 'id', title: 'busiest links' },
    { field: 'way', title: 'direction' },
    { field: 'busy', title: '  busy' },
    { field: 'bar', title: ' ' },
    ...(links.some(({ replays }) => replays > 0) ? [{ field: 'replays' }] : []),
  ];
  return rows.length === 0 ? '' : textTable(rows, columns, width);
}

function queueTable(queues: RunReport['queues'], width: number): string {
  const full = queues.filter(({ mean_tlps }) => mean_tlps >= 1).sort((a, b) => b.mean_bytes - a.mean_bytes);
  const columns: readonly Column[] = [
    { field: 'port', title: 'fullest queues' },
    { field: 'class' },
    { field: 'mean_tlps', title: 'mean TLPs', digits: 1 },
    { field: 'mean_bytes', title: 'mean bytes', digits: 0 },
  ];
  return full.length === 0
    ? ''
    : textTable(
        full.slice(0, MOST_ROWS).map((row) => ({ ...row })),
        columns,
        width,
      );
}

const paragraph = (text: string, width: number): string => `${wrapText(text, width).join('\n')}\n`;

function notes({ flows, caveats, models }: RunReport, width: number): readonly string[] {
  const refused = flows.flatMap(({ id, refused: why }) =>
    why === undefined ? [] : [`${id} is refused: ${why}`],
  );
  return [...refused, ...caveats, modelsNote(models)].map((text) => paragraph(text, width));
}

function heading({ scenario, system, kernel, seed, end_ps, tlps, ...report }: RunReport): string {
  const { flows, buffers = [], pages = [], rings = [] } = report;
  const users = [
    ...buffers.flatMap(({ importers }) => importers),
    ...pages.flatMap(({ clients }) => clients),
  ];
  const moves = ({ legOf }: RunFlow) => legOf === undefined || rings.some(({ id }) => id === legOf);
  const movers = [...flows.filter(moves), ...users];
  const moved = bytes(movers.reduce((sum, mover) => sum + mover.bytes, 0));
  const time = end_ps < 1e9 ? `${(end_ps / 1e6).toFixed(1)} us` : `${(end_ps / 1e9).toFixed(2)} ms`;
  return `${scenario}: ${system}, ${kernel}, seed ${seed}\n${formatBytes(moved)} in ${time}, ${tlps} TLPs\n`;
}

function benchmarkText({ tool, about, value, unit, scale, refused }: BenchmarkResult): string {
  if (value === null) return `${tool}: no value, as ${refused}`;
  return `${tool}: ${value.toFixed(unit === 'ns' ? 1 : 2)} ${unit} (${about}; ${scale})`;
}

/** A run as `hairpin run` prints it: flows with what they waited for, the busiest links, the fullest queues, and notes. */
export function runText(report: RunReport, width: number): string {
  const { benchmark, links, queues } = report;
  const shared = (report.buffers ?? []).flatMap((buffer) => bufferText(buffer, width));
  const paged = (report.pages ?? []).flatMap((pages) => pagesText(pages, width));
  const own = report.flows.length === 0 ? '' : flowTable(report, width);
  const tables = [own, ...shared, ...paged, linkTable(links, width), queueTable(queues, width)];
  const value = benchmark === undefined ? '' : paragraph(benchmarkText(benchmark), width);
  return [heading(report), value, ...tables, ...notes(report, width)]
    .filter((block) => block !== '')
    .join('\n');
}
