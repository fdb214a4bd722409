import type { Condition, Processes, Program } from './processes.ts';

/** A lock that one holder has at a time; who waits for it gets it in the order of asking. */
export class Lock<Holder> {
  /** Null: it is free. */
  holder: Holder | null = null;
  private readonly queue: Holder[] = [];
  private readonly changed: Condition;

  constructor(processes: Processes) {
    this.changed = processes.condition();
  }

  /** Waits until `holder` has the lock. */
  *acquire(holder: Holder): Program {
    this.queue.push(holder);
    while (this.holder !== null || this.queue[0] !== holder) yield this.changed;
    this.queue.shift();
    this.holder = holder;
  }

  /** Throws RangeError where `holder` does not have it. */
  release(holder: Holder): void {
    if (this.holder !== holder) throw new RangeError('a lock is released by who does not hold it');
    this.holder = null;
    this.changed.wake();
  }
}
