import { TimeLists } from '../engine/time-lists.ts';

/**
 * Places for the copies that engines work on at the same time, of writes and of reads apart, as devices have engines for either
 * direction: by ring, 2 x engine for writes, one more for reads.
 */
export class CopyPlaces {
  private free = new Float64Array(0);
  private freeSince = new Float64Array(0);
  /** When places that reads hold get free. */
  private readonly returns = new TimeLists();

  /** `places` by engine. */
  reset(places: readonly number[]): void {
    this.free = Float64Array.from(places.flatMap((count) => [count, count]));
    this.freeSince = new Float64Array(places.length * 2);
    this.returns.reset(places.length * 2);
  }

  /** Since when, or from when on, a place is free; Infinity: that is not known yet. */
  freeAt(ring: number): number {
    return (this.free[ring] as number) > 0 ? (this.freeSince[ring] as number) : this.returns.firstTime(ring);
  }

  /** Takes the place that is free first. */
  take(ring: number): void {
    if ((this.free[ring] as number) > 0) {
      this.free[ring] = (this.free[ring] as number) - 1;
      return;
    }
    this.freeSince[ring] = this.returns.firstTime(ring);
    this.returns.removeFirst(ring);
  }

  giveBack(ring: number, now: number): void {
    this.free[ring] = (this.free[ring] as number) + 1;
    this.freeSince[ring] = now;
  }

  /** A place will be given back at `time`. */
  returnsAt(ring: number, time: number): void {
    this.returns.insert(ring, time, 0);
  }
}
