/** Latency of requests in ns, from the wish to the provider's device being done and the data where they belong. */
export interface PagesLatency {
  readonly p50: number;
  readonly p99: number;
  readonly mean: number;
}

/** Requests of one kind; without latency where there were none. */
export interface ServedResult {
  readonly requests: number;
  readonly latency_ns: PagesLatency | null;
}

export interface PagesClientResult {
  readonly id: string;
  readonly device: string;
  readonly op: string;
  /** With their data in the pool. */
  readonly pool: ServedResult;
  /** With their data in system memory, for want of room in the pool. */
  readonly system: ServedResult;
  /** Of both kinds together. */
  readonly all: ServedResult;
  /** Share of requests served from system memory; null where none was served. */
  readonly fallback_share: number | null;
  /** Requests that nothing could serve any more. */
  readonly refused_requests: number;
  readonly bytes: number;
  /** Payload over the time from the first wish to the last end; null where nothing was served. */
  readonly goodput_GBps: number | null;
  /** Why it cannot use the pool. */
  readonly refused: string | null;
}

/** An unbind of the provider's driver. */
export interface RemovalResult {
  readonly from_ps: number;
  /** Null: when the run ended it still waited. */
  readonly to_ps: number | null;
  /** References when it began, when users' mappings had been torn down, and at the end. */
  readonly references: number;
  readonly references_after_mappings: number;
  readonly references_left: number;
  /** Null: without an end. */
  readonly waited_ns: number | null;
}

/** Peer memory with pages in a run. */
export interface PagesResult {
  readonly id: string;
  readonly provider: string;
  readonly state: string;
  readonly pool_bytes: number;
  readonly high_water_bytes: number;
  /** Allocated on average, from time 0 to the end of the run. */
  readonly mean_bytes: number;
  /** Operations on the memory, each of which kept its invariants. */
  readonly operations: number;
  readonly clients: readonly PagesClientResult[];
  readonly removals: readonly RemovalResult[];
}
