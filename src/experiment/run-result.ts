import type { Accounting } from './accounting.ts';
import type { PagesResult } from './pages-result.ts';
import type { RingResult } from './ring-result.ts';
import type { ExporterCost, ImporterCost } from '../dma/life/bill.ts';
import type { Operation } from '../routing/transfer-spec.ts';
import type { NumberKind } from '../system/part.ts';

/** A share of a flow's time, from its first issue to its last arrival, charged to one resource; `none`: nothing was waited for. */
export interface LimitShare {
  readonly resource: string;
  readonly share: number;
}

export interface FlowResult {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** A staged flow is followed by its two DMAs, which are its legs. */
  readonly op: Operation | 'staged';
  /** Of a DMA of a staged flow the id of that flow, of an edge of a ring that of the ring. */
  readonly legOf?: string;
  readonly bytes: number;
  /** Payload over the time from the first issue to the last arrival; null where refused or nothing arrived. */
  readonly goodput_GBps: number | null;
  /** Lower and upper end of the 95 % confidence interval of the goodput, from batch means; null where too short. */
  readonly ci95_GBps: readonly [number, number] | null;
  /**
   * Of whole transfers from the wish to the last byte (a write's at its target, a read's back at its reader, a staged one's at
   * the destination); of the DMAs of a staged flow, of chunks, and of the edges of a ring, of slices.
   */
  readonly latency_ns: { readonly p50: number; readonly p99: number; readonly mean: number } | null;
  /**
   * Of a staged flow what its slower DMA waited for (`in: ` or `out: ` before the resource), and `staging-buffers:<memory>` while
   * that had no buffer to move. Of an edge of a ring besides `ring-data:<device>` while its sender had nothing to send, and
   * `ring-slots:<device>` while its receiver had no free slot.
   */
  readonly limitedBy: readonly LimitShare[];
  /** What the model of the run's accounting gives the flow's way; null where it says nothing. Absent with `wire`. */
  readonly accounted_GBps?: number | null;
  /** Why the flow did not run. */
  readonly refused?: string;
  /** Address kind and way of the requests to each end. */
  readonly routes: readonly {
    readonly address: string;
    readonly turn: string;
    readonly hops: readonly string[];
  }[];
}

export interface LinkResult {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Share of the run's time in which TLPs were on the link. */
  readonly utilisation: number;
  /** Transmissions with a bad bit, each of which was followed by a replay. */
  readonly replays: number;
}

/** Mean filling of a port's queue of one class, in TLPs and in bytes of payload. */
export interface QueueResult {
  readonly port: string;
  readonly class: string;
  readonly mean_tlps: number;
  readonly mean_bytes: number;
}

/** A part that a result rests on, and how many of its numbers are of each kind. */
export interface ModelUse {
  readonly part: string;
  readonly numbers: Readonly<Record<NumberKind, number>>;
}

/** What an exporter did to a buffer, and what it cost, in ns: the exporter's own time adds up to the total. */
export interface LifeEventResult {
  readonly what: string;
  readonly from_ps: number;
  readonly to_ps: number;
  /** Why it was refused. */
  readonly errno: string | null;
  readonly attachments: number;
  readonly mapped: number;
  readonly total_ns: number;
  readonly costs: Readonly<Record<`${ExporterCost | ImporterCost}_ns`, number>>;
}

export interface ImporterResult {
  readonly id: string;
  readonly device: string;
  readonly kind: string;
  readonly op: string;
  readonly bytes: number;
  /** Payload over the time from its first issue to its last arrival; null where nothing arrived. */
  readonly goodput_GBps: number | null;
  /** How often it has mapped the buffer. */
  readonly maps: number;
  readonly refused: string | null;
}

/** The life of a shared buffer. */
export interface BufferResult {
  readonly id: string;
  readonly exporter: string;
  readonly kind: string;
  readonly state: string;
  /** Operations on the buffer, each of which kept its invariants. */
  readonly operations: number;
  /** Where its memory is at the end. */
  readonly place: string;
  readonly events: readonly LifeEventResult[];
  readonly importers: readonly ImporterResult[];
}

/** Rates in intervals of the same length, the first from time 0; of flows and of importers. */
export interface TimelineResult {
  readonly interval_ps: number;
  readonly series: readonly { readonly id: string; readonly rate_GBps: readonly number[] }[];
}

/** What a benchmark gives; the rest of the result is of its largest run. */
export interface BenchmarkResult {
  readonly tool: string;
  readonly about: string;
  /** Null where a flow is refused, which `refused` says. */
  readonly value: number | null;
  readonly unit: 'GB/s' | 'ns';
  /** What was simulated. */
  readonly scale?: string;
  readonly refused?: string;
}

/** What a run says: plain data, the JSON of `hairpin run`. */
export interface RunResult {
  readonly system: string;
  readonly kernel: string;
  readonly seed: string;
  /**
   * Goodput is always payload over all that the wire carries (`wire`); with another accounting each flow says besides what
   * that model gives its way.
   */
  readonly accounting: Accounting;
  readonly end_ps: number;
  readonly events: number;
  readonly tlps: number;
  readonly flows: readonly FlowResult[];
  /** Where the run is that of a benchmark. */
  readonly benchmark?: BenchmarkResult;
  /** Where the run shares buffers. */
  readonly buffers?: readonly BufferResult[];
  /** Where the run has peer memory with pages. */
  readonly pages?: readonly PagesResult[];
  /** Where the run has rings. */
  readonly rings?: readonly RingResult[];
  /** Where the run was asked for one. */
  readonly timeline?: TimelineResult;
  readonly links: readonly LinkResult[];
  readonly queues: readonly QueueResult[];
  readonly models: readonly ModelUse[];
  /** What the model leaves out that matters here. */
  readonly caveats: readonly string[];
}
