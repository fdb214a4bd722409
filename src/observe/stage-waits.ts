import { GrowingColumn } from './growing-column.ts';

/** Waits of one flow at one stage: disjoint, in order of time, joined where one thing is waited for without a break. */
export class StageWaits {
  readonly from = new GrowingColumn();
  readonly to = new GrowingColumn();
  readonly resource = new GrowingColumn();
  /** The last wait, which may still grow. */
  private lastFrom = 0;
  private lastTo = 0;
  private lastResource = -1;
  private marked = 0;

  /** Counts the part of a wait that no older TLP has been charged for. */
  add(from: number, to: number, resource: number): void {
    if (to <= this.lastTo) return;
    if (from <= this.lastTo && resource === this.lastResource) {
      this.lastTo = to;
      return;
    }
    this.close();
    this.lastFrom = from < this.lastTo ? this.lastTo : from;
    this.lastTo = to;
    this.lastResource = resource;
  }

  /** Puts the last wait behind the others. */
  close(): void {
    if (this.lastResource < 0) return;
    this.from.push(this.lastFrom);
    this.to.push(this.lastTo);
    this.resource.push(this.lastResource);
    this.lastResource = -1;
  }

  mark(): void {
    this.close();
    this.marked = this.from.length;
  }

  repeat(delta: number, times: number): void {
    this.close();
    const cycle = { from: this.from.values(), to: this.to.values(), resource: this.resource.values() };
    const [first, last] = [this.marked, cycle.from.length];
    for (let time = 1; time <= times; time++) {
      for (let i = first; i < last; i++) {
        const shift = time * delta;
        this.add(
          (cycle.from[i] as number) + shift,
          (cycle.to[i] as number) + shift,
          cycle.resource[i] as number,
        );
      }
    }
  }
}
