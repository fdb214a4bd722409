import type { Bytes, Picoseconds } from '../../units.ts';

/**
 * A flow from one device to another by way of system memory: the source writes each chunk of a transfer into a free staging
 * buffer, and the destination reads it from there. Source: kernel-p2pdma, section 8 (fallback: bounce via system memory).
 */
export interface StagingSpec {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The memory of the buffers, `mem:<socket>`. */
  readonly via: string;
  readonly size: Bytes;
  /** What a buffer takes at a time; whole chunks make a transfer. */
  readonly chunk: Bytes;
  readonly buffers: number;
  /** Number of transfers; null: as many as the run's time allows. */
  readonly transfers: number | null;
  /** Transfers under way at a time. */
  readonly depth: number;
  readonly start: Picoseconds;
  /** Whether memory answers the reads from its last-level cache. */
  readonly cached: boolean;
  readonly relaxedOrdering: boolean;
  readonly idBasedOrdering: boolean;
  /** What nobody has said, in sentences for people. */
  readonly assumed: readonly string[];
}
