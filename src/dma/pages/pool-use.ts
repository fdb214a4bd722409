/** How full a pool has been over time, in pages. */
export class PoolUse {
  used = 0;
  /** Most that were taken at once. */
  highWater = 0;
  private area = 0;
  private since = 0;
  private readonly clock: { readonly now: number };

  constructor(clock: { readonly now: number }) {
    this.clock = clock;
  }

  /** So many pages more are taken from now on. */
  add(pages: number): void {
    const { now } = this.clock;
    this.area += this.used * (now - this.since);
    this.since = now;
    this.used += pages;
    this.highWater = Math.max(this.highWater, this.used);
  }

  /** Pages taken, averaged over the time from 0 to `end` ps; what is taken last counts until then. */
  mean(end: number): number {
    return end > 0 ? (this.area + this.used * Math.max(0, end - this.since)) / end : 0;
  }
}
