import type { Transfers } from './transfers.ts';

/**
 * The copies that each engine works on, a ring for its writes and one for its reads: the copy in turn gives the next request,
 * and after `granularity` bytes the turn goes on to the next copy of the ring.
 */
export class CopyTurns {
  /** Last copy of each ring, whose `next` is the one in turn; -1: the ring is empty. */
  private last = new Int32Array(0);
  private left = new Float64Array(0);
  private granularity: readonly number[] = [];

  private readonly transfers: Transfers;

  constructor(transfers: Transfers) {
    this.transfers = transfers;
  }

  /** Two rings an engine: 2 x engine for writes, one more for reads. */
  reset(granularity: readonly number[]): void {
    this.granularity = granularity;
    this.last = new Int32Array(granularity.length * 2).fill(-1);
    this.left = new Float64Array(granularity.length * 2);
  }

  /** The copy in turn, or -1. */
  current(ring: number): number {
    const last = this.last[ring] as number;
    return last < 0 ? -1 : (this.transfers.next[last] as number);
  }

  add(ring: number, copy: number): void {
    const { next } = this.transfers;
    const last = this.last[ring] as number;
    if (last < 0) {
      next[copy] = copy;
      this.restart(ring);
    } else {
      next[copy] = next[last] as number;
      next[last] = copy;
    }
    this.last[ring] = copy;
  }

  /** Whether the turn of the copy is over after so many bytes more. */
  endsWith(ring: number, bytes: number): boolean {
    return (this.left[ring] as number) <= bytes || this.transfers.toIssue[this.current(ring)] === bytes;
  }

  /** The copy in turn has issued so many bytes; the turn may go on. */
  spend(ring: number, bytes: number): void {
    const left = (this.left[ring] as number) - bytes;
    this.left[ring] = left;
    if (left > 0) return;
    this.last[ring] = this.current(ring);
    this.restart(ring);
  }

  /** The copy in turn has issued all. */
  removeCurrent(ring: number): void {
    const copy = this.current(ring);
    const last = this.last[ring] as number;
    if (copy === last) this.last[ring] = -1;
    else this.transfers.next[last] = this.transfers.next[copy] as number;
    this.restart(ring);
  }

  private restart(ring: number): void {
    this.left[ring] = this.granularity[ring >> 1] as number;
  }
}
