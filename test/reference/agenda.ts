/** The two parts of an instant that come before its grants: first all that comes back, then all that arrives. */
export type Phase = 'return' | 'arrival';

interface Entry {
  readonly time: number;
  readonly phase: Phase;
  readonly action: () => void;
}

const isAfter = (entry: Entry, time: number, phase: Phase): boolean =>
  entry.time > time || (entry.time === time && entry.phase === 'arrival' && phase === 'return');

/** The clock, and what is to happen: a list in order of time, returns before arrivals, then in the order of noting. */
export class Agenda {
  /** Picoseconds. */
  now = 0;
  private readonly entries: Entry[] = [];

  /** Notes what is to happen at `time`; RangeError where that is over. */
  at(time: number, phase: Phase, action: () => void): void {
    if (!(time >= this.now)) throw new RangeError(`nothing can happen at ${time} ps: it is ${this.now} ps`);
    const place = this.entries.findLastIndex((entry) => !isAfter(entry, time, phase)) + 1;
    this.entries.splice(place, 0, { time, phase, action });
  }

  /** Goes on to the next instant at which something happens; false when nothing will any more. */
  advance(): boolean {
    const [first] = this.entries;
    if (first === undefined) return false;
    this.now = first.time;
    return true;
  }

  /** Lets everything happen that is due now, also what it brings about at once. */
  settle(): void {
    for (let next = this.entries[0]; next?.time === this.now; next = this.entries[0]) {
      this.entries.shift();
      next.action();
    }
  }
}
