import { lengthened, Slots } from '../engine/slots.ts';

/** Transfers under way: columns by slot, in bytes and picoseconds. */
export class Transfers {
  flow = new Int32Array(0);
  /** Index within the flow's destinations. */
  destination = new Int32Array(0);
  address = new Float64Array(0);
  toIssue = new Float64Array(0);
  toArrive = new Float64Array(0);
  wished = new Float64Array(0);
  /** Start of its first request; -1 before. */
  issued = new Float64Array(0);
  lastArrival = new Float64Array(0);
  /** Next copy in the engine's turn. */
  next = new Int32Array(0);
  private readonly slots = new Slots((capacity) => this.grow(capacity));

  reset(): void {
    this.slots.reset();
  }

  start(flow: number, destination: number, wished: number): number {
    const slot = this.slots.take();
    this.flow[slot] = flow;
    this.destination[slot] = destination;
    this.wished[slot] = wished;
    this.issued[slot] = -1;
    this.lastArrival[slot] = 0;
    return slot;
  }

  /** Says which bytes a transfer moves. */
  cover(slot: number, address: number, size: number): void {
    this.address[slot] = address;
    this.toIssue[slot] = size;
    this.toArrive[slot] = size;
  }

  release(slot: number): void {
    this.slots.release(slot);
  }

  /** Counts bytes that will have arrived at `time`; true when they were the last. */
  arrive(slot: number, bytes: number, time: number): boolean {
    const left = (this.toArrive[slot] as number) - bytes;
    this.toArrive[slot] = left;
    if (time > (this.lastArrival[slot] as number)) this.lastArrival[slot] = time;
    return left === 0;
  }

  private grow(capacity: number): void {
    this.flow = lengthened(this.flow, capacity);
    this.destination = lengthened(this.destination, capacity);
    this.address = lengthened(this.address, capacity);
    this.toIssue = lengthened(this.toIssue, capacity);
    this.toArrive = lengthened(this.toArrive, capacity);
    this.wished = lengthened(this.wished, capacity);
    this.issued = lengthened(this.issued, capacity);
    this.lastArrival = lengthened(this.lastArrival, capacity);
    this.next = lengthened(this.next, capacity);
  }
}
