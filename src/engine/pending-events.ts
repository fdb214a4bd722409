import { Heap } from 'heap-js';
import type { Picoseconds } from '../units.ts';
import { lengthened, Slots } from './slots.ts';

/**
 * The pending-event set: events are numbers (time, kind, component), ordered by time, then kind (the phase within an
 * instant), then component, then sequence of scheduling. heap-js holds slot numbers; the event itself lies in typed arrays.
 * The popped event stays in the heap as a hole until the next call, so that a pop followed by a schedule costs one sift.
 */
export class PendingEvents {
  private times = new Float64Array(0);
  private kinds = new Int32Array(0);
  private components = new Int32Array(0);
  private sequences = new Float64Array(0);
  private sequence = 0;
  private hole = false;
  private readonly slots = new Slots((capacity) => this.grow(capacity));
  private readonly heap = new Heap<number>((a, b) => this.compare(a, b));

  /** Time, kind and component of the event that `next` took last. */
  now: Picoseconds = 0 as Picoseconds;
  kind = 0;
  component = 0;
  /** Events taken since the last reset. */
  taken = 0;

  /** Forgets everything; capacity stays. */
  reset(): void {
    this.heap.clear();
    this.slots.reset();
    this.sequence = 0;
    this.hole = false;
    this.now = 0 as Picoseconds;
    this.taken = 0;
  }

  schedule(time: Picoseconds, kind: number, component: number): void {
    const slot = this.slots.take();
    this.times[slot] = time;
    this.kinds[slot] = kind;
    this.components[slot] = component;
    this.sequences[slot] = this.sequence++;
    if (this.hole) {
      this.hole = false;
      this.slots.release(this.heap.replace(slot) as number);
    } else {
      this.heap.add(slot);
    }
  }

  /** Takes the first event into `now`, `kind` and `component`; false when none is left. */
  next(): boolean {
    if (this.hole) {
      this.slots.release(this.heap.pop() as number);
      this.hole = false;
    }
    const slot = this.heap.peek();
    if (slot === undefined) return false;
    this.hole = true;
    this.now = this.times[slot] as Picoseconds;
    this.kind = this.kinds[slot] as number;
    this.component = this.components[slot] as number;
    this.taken++;
    return true;
  }

  private compare(a: number, b: number): number {
    return (
      (this.times[a] as number) - (this.times[b] as number) ||
      (this.kinds[a] as number) - (this.kinds[b] as number) ||
      (this.components[a] as number) - (this.components[b] as number) ||
      (this.sequences[a] as number) - (this.sequences[b] as number)
    );
  }

  private grow(capacity: number): void {
    this.times = lengthened(this.times, capacity);
    this.kinds = lengthened(this.kinds, capacity);
    this.components = lengthened(this.components, capacity);
    this.sequences = lengthened(this.sequences, capacity);
  }
}
