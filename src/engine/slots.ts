type Column = Uint8Array | Int32Array | Float64Array;

/** Rows of a table of columns: taken, given back and used again. The columns grow when no row is free. */
export class Slots {
  /** Rows in use. */
  live = 0;
  private capacity = 0;
  private next = new Int32Array(0);
  private free = -1;
  private used = 0;
  private readonly grow: (capacity: number) => void;

  /** `grow` makes the columns at least this long, keeping what they hold (`lengthened`). */
  constructor(grow: (capacity: number) => void) {
    this.grow = grow;
  }

  reset(): void {
    this.live = 0;
    this.free = -1;
    this.used = 0;
  }

  take(): number {
    this.live++;
    const slot = this.free;
    if (slot >= 0) {
      this.free = this.next[slot] as number;
      return slot;
    }
    if (this.used === this.capacity) {
      this.capacity = Math.max(64, this.capacity * 2);
      this.next = lengthened(this.next, this.capacity);
      this.grow(this.capacity);
    }
    return this.used++;
  }

  release(slot: number): void {
    this.live--;
    this.next[slot] = this.free;
    this.free = slot;
  }
}

/** A column of the same type and content with room for `capacity` rows. */
export function lengthened<A extends Column>(column: A, capacity: number): A {
  const longer = new (column.constructor as new (length: number) => A)(capacity);
  longer.set(column as never);
  return longer;
}
