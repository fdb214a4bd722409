/**
 * Many lists of (time, amount), each sorted by time with ties in order of insertion: things that are known to come back
 * or to fall due. Entries lie in shared typed arrays and are used again.
 */
export class TimeLists {
  private first = new Int32Array(0);
  private last = new Int32Array(0);
  private times = new Float64Array(1024);
  private amounts = new Float64Array(1024);
  private next = new Int32Array(1024);
  private free = -1;
  private used = 0;

  reset(lists: number): void {
    this.first = new Int32Array(lists).fill(-1);
    this.last = new Int32Array(lists).fill(-1);
    this.free = -1;
    this.used = 0;
  }

  /** First entry of a list, -1 if it is empty; `after` goes on. */
  start(list: number): number {
    return this.first[list] as number;
  }

  after(entry: number): number {
    return this.next[entry] as number;
  }

  time(entry: number): number {
    return this.times[entry] as number;
  }

  amount(entry: number): number {
    return this.amounts[entry] as number;
  }

  /** Time of the first entry, Infinity where there is none. */
  firstTime(list: number): number {
    const entry = this.first[list] as number;
    return entry < 0 ? Number.POSITIVE_INFINITY : (this.times[entry] as number);
  }

  insert(list: number, time: number, amount: number): void {
    const entry = this.allocate();
    this.times[entry] = time;
    this.amounts[entry] = amount;
    const last = this.last[list] as number;
    if (last >= 0 && (this.times[last] as number) > time) {
      this.insertWithin(list, entry, time);
      return;
    }
    this.next[entry] = -1;
    if (last < 0) this.first[list] = entry;
    else this.next[last] = entry;
    this.last[list] = entry;
  }

  removeFirst(list: number): void {
    const entry = this.first[list] as number;
    const next = this.next[entry] as number;
    this.first[list] = next;
    if (next < 0) this.last[list] = -1;
    this.next[entry] = this.free;
    this.free = entry;
  }

  private insertWithin(list: number, entry: number, time: number): void {
    let before = -1;
    let after = this.first[list] as number;
    while ((this.times[after] as number) <= time) {
      before = after;
      after = this.next[after] as number;
    }
    this.next[entry] = after;
    if (before < 0) this.first[list] = entry;
    else this.next[before] = entry;
  }

  private allocate(): number {
    const entry = this.free;
    if (entry >= 0) {
      this.free = this.next[entry] as number;
      return entry;
    }
    if (this.used === this.times.length) this.grow();
    return this.used++;
  }

  private grow(): void {
    const { times, amounts, next } = this;
    this.times = new Float64Array(times.length * 2);
    this.times.set(times);
    this.amounts = new Float64Array(amounts.length * 2);
    this.amounts.set(amounts);
    this.next = new Int32Array(next.length * 2);
    this.next.set(next);
  }
}
