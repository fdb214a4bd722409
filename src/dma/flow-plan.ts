import type { Operation } from '../routing/transfer-spec.ts';
import type { Bytes, BytesPerSecond, Picoseconds } from '../units.ts';

/** One place that a flow's requests go to, with the ways there and back and the completer's numbers. */
export interface DestinationPlan {
  /** Outputs that requests pass, and that completions pass on the way back (reads only). */
  readonly requestWay: readonly number[];
  readonly completionWay: readonly number[];
  readonly completer: number;
  readonly completerLatency: Picoseconds;
  readonly rcb: Bytes;
  readonly completionChunk: Bytes;
  /** Pages of the IOVAs that the root complex translates; null where it translates none. */
  readonly pages: PagePlan | null;
  /** How the initiator has the IOVAs translated before it uses them; null where it does not. */
  readonly ats: AtsPlan | null;
}

/** Address Translation Services: outputs that Translation Requests and their answers pass, and the agent that answers. */
export interface AtsPlan {
  readonly pages: PagePlan;
  readonly requestWay: readonly number[];
  readonly answerWay: readonly number[];
  /** Endpoint that answers, behind the initiator's root port. */
  readonly agent: number;
}

/** A request at address a of the flow is in page `first` + floor(a / `bytes`). */
export interface PagePlan {
  readonly bytes: Bytes;
  readonly first: number;
}

/** How transfers come: so many at a time, each made good when one has ended; as a Poisson process; or as software posts them. */
export type Load =
  | { readonly kind: 'closed'; readonly depth: number }
  | { readonly kind: 'open'; readonly meanGap: Picoseconds }
  | { readonly kind: 'driven' };

/** A flow ready to run. Numbers of endpoints are those of the fabric's plan. */
export interface FlowPlan {
  readonly id: string;
  readonly op: Operation;
  readonly initiator: number;
  readonly destinations: readonly DestinationPlan[];
  /** Whether the destination is drawn for each transfer or for each request (a write TLP is one); one destination draws none. */
  readonly spread: 'transfer' | 'request';
  readonly size: Bytes;
  /**
   * Transfers begin at multiples of `size` within so many bytes: one after the other and again from the first, or drawn
   * from the flow's own stream.
   */
  readonly region: Bytes;
  readonly access: 'sequential' | 'random';
  /** How many transfers; Infinity where the run has an end of its own. */
  readonly transfers: number;
  readonly load: Load;
  readonly start: Picoseconds;
  /** The translations that its initiator keeps are invalidated at the multiples of it after the start; null: never. */
  readonly invalidateEvery: Picoseconds | null;
  /** Largest payload of a write, or largest read or atomic request. */
  readonly chunk: Bytes;
  readonly headerBytes: Bytes;
  readonly relaxedOrdering: boolean;
  readonly idBasedOrdering: boolean;
}

/** The DMA engine of an endpoint. */
export interface EnginePlan {
  readonly endpoint: number;
  readonly issueGap: Picoseconds;
  readonly writeGap: Picoseconds;
  readonly writeSetup: Picoseconds;
  readonly landing: { readonly latency: Picoseconds; readonly rate: BytesPerSecond | null };
  readonly tags: number;
  readonly outstandingBytes: number;
  readonly copiesInFlight: number;
  readonly granularity: number;
  /** Entries of its cache of translations; 0: it has no ATS. */
  readonly translations: number;
  readonly order: 'round-robin' | 'random';
}
