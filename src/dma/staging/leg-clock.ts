/** Time, in ps, in which one of a staged flow's DMAs has had something to move. */
export class LegClock {
  private before = 0;
  private since: number | null = null;

  begin(now: number): void {
    this.since ??= now;
  }

  end(now: number): void {
    this.before = this.busyUntil(now);
    this.since = null;
  }

  busyUntil(now: number): number {
    return this.before + (this.since === null ? 0 : Math.max(0, now - this.since));
  }
}
