import type { Bytes, BytesPerSecond, Picoseconds } from '../../units.ts';

/** An initiator whose requests want a block of a provider's pool each, as an NVMe target's network card does. */
export interface PagesClientSpec {
  /** Unique in the run. */
  readonly id: string;
  readonly device: string;
  /** `write`: the client writes into the block, then the provider's device works on it; `read`: the other way round. */
  readonly op: 'write' | 'read';
  readonly size: Bytes;
  /** Closed load: requests under way at a time. */
  readonly depth: number;
  /** Open load: mean rate at which requests are wished, as a Poisson process; null: closed. */
  readonly rate: BytesPerSecond | null;
  /** How many in all; null: until the run ends. */
  readonly requests: number | null;
  /** How long the provider's device works on each request, during which its block is held. */
  readonly hold: Picoseconds;
  readonly start: Picoseconds;
  /** Whether a process of it maps a page of the pool, pins it, and never lets go. */
  readonly leak: boolean;
}

/** A provider of memory with pages, and who uses it. */
export interface PagesSpec {
  readonly id: string;
  /** The device whose memory it is, and which works on the requests. */
  readonly provider: string;
  readonly pool: Bytes;
  /** Where requests have their data when the pool has no room: `mem:<socket>`. */
  readonly fallback: string;
  /** When the provider's driver unbinds; null: never. */
  readonly remove: Picoseconds | null;
  /** RCU's grace period in an unbind. */
  readonly grace: Picoseconds;
  readonly clients: readonly PagesClientSpec[];
}
