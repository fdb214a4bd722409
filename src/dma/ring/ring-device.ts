import type { Processes, Program } from '../../engine/processes.ts';
import type { DrivenFlow } from '../driven-flow.ts';
import type { SliceTurn } from './ring-slices.ts';

/** What a device may lack for its next slice: the slice itself, a slot at the next device, or its turn after the slice before. */
export type Lack = 'data' | 'slot' | 'turn';

/** What a device of a ring works with. */
export interface RingPlace {
  readonly name: string;
  /** Edges from the device before, and to the next. */
  readonly in: DrivenFlow;
  readonly out: DrivenFlow;
  readonly op: 'write' | 'read';
  readonly slots: number;
  readonly turns: readonly SliceTurn[];
  readonly processes: Processes;
}

/**
 * One device of a ring. Its slices are written, or read, one after the other, as a kernel does it: each begins when the last
 * request of the one before has left, so that they end in this order.
 */
export class RingDevice {
  readonly name: string;
  /** Time in ps in which it had nothing to send, and in which it had no slot to send to. */
  readonly waited = { data: 0, slot: 0 };
  /** What it waits for; null: it does not wait. */
  lacks: Lack | null = null;
  private readonly place: RingPlace;
  /** Slices of iterations that are over. */
  private before = 0;

  constructor(place: RingPlace) {
    this.place = place;
    this.name = place.name;
  }

  /** Slices of this iteration that are here. */
  get received(): number {
    return this.place.in.ended - this.before;
  }

  /** Slices of this iteration that it no longer needs: its engine has read those that it writes, another's those that it does not. */
  private get sent(): number {
    const { op, out } = this.place;
    return (op === 'write' ? out.issued : out.ended) - this.before;
  }

  /** To be called of all devices before the first of them begins, when all slices of before have ended. */
  prepare(): void {
    this.before = this.place.out.ended;
  }

  /** Sends all slices of an iteration into the slots of the device `to`. */
  *iteration(to: RingDevice): Program {
    const { turns, out } = this.place;
    for (let number = 0; number < turns.length; number++) {
      yield* this.untilReady(number, to);
      out.post();
    }
  }

  private *untilReady(number: number, to: RingDevice): Program {
    const { processes, out } = this.place;
    for (this.lacks = this.lack(number, to); this.lacks !== null; this.lacks = this.lack(number, to)) {
      const [what, since] = [this.lacks, processes.now];
      yield out.changed;
      if (what !== 'turn') this.waited[what] += processes.now - since;
    }
  }

  private lack(number: number, to: RingDevice): Lack | null {
    const { out, slots, turns } = this.place;
    if (out.issued < out.posted) return 'turn';
    if (this.received < (turns[number] as SliceTurn).needs) return 'data';
    return number < slots || to.isFreeOf(number - slots) ? null : 'slot';
  }

  /** Whether the slot of the slice of this number is free again. */
  private isFreeOf(number: number): boolean {
    return this.received > number && this.sent >= (this.place.turns[number] as SliceTurn).freedBy;
  }
}
