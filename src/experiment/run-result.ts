import type { Accounting } from './accounting.ts';
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
  readonly op: Operation;
  readonly bytes: number;
  /** Payload over the time from the first issue to the last arrival; null where refused or nothing arrived. */
  readonly goodput_GBps: number | null;
  /** Lower and upper end of the 95 % confidence interval of the goodput, from batch means; null where too short. */
  readonly ci95_GBps: readonly [number, number] | null;
  /** Of whole transfers from the wish to the last byte (a write's at its target, a read's back at its reader). */
  readonly latency_ns: { readonly p50: number; readonly p99: number; readonly mean: number } | null;
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
  readonly links: readonly LinkResult[];
  readonly queues: readonly QueueResult[];
  readonly models: readonly ModelUse[];
  /** What the model leaves out that matters here. */
  readonly caveats: readonly string[];
}
