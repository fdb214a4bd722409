/** Sums that can be marked, and what has been added since then added again. */
export class Totals {
  readonly sums: Float64Array;
  private readonly marked: Float64Array;

  constructor(length: number) {
    this.sums = new Float64Array(length);
    this.marked = new Float64Array(length);
  }

  mark(): void {
    this.marked.set(this.sums);
  }

  /** Whether something was added since the mark. */
  moved(i: number): boolean {
    return this.sums[i] !== this.marked[i];
  }

  repeat(times: number): void {
    for (const [i, sum] of this.sums.entries())
      this.sums[i] = sum + times * (sum - (this.marked[i] as number));
  }
}
