/** A list of numbers in one typed array that doubles when it is full. */
export class GrowingColumn {
  length = 0;
  private numbers = new Float64Array(256);

  push(value: number): void {
    if (this.length === this.numbers.length) {
      const longer = new Float64Array(this.length * 2);
      longer.set(this.numbers);
      this.numbers = longer;
    }
    this.numbers[this.length++] = value;
  }

  /** The numbers so far; a view, good until the next push. */
  values(): Float64Array {
    return this.numbers.subarray(0, this.length);
  }
}
