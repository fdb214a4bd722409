import { lengthened, Slots } from '../engine/slots.ts';

/** Read requests under way: columns by slot, in bytes and picoseconds. */
export class ReadRequests {
  transfer = new Int32Array(0);
  /** Index within the flow's destinations. */
  destination = new Int32Array(0);
  address = new Float64Array(0);
  bytes = new Int32Array(0);
  private toArrive = new Int32Array(0);
  private readonly slots = new Slots((capacity) => this.grow(capacity));

  reset(): void {
    this.slots.reset();
  }

  start(transfer: number, destination: number, address: number, bytes: number): number {
    const slot = this.slots.take();
    this.transfer[slot] = transfer;
    this.destination[slot] = destination;
    this.address[slot] = address;
    this.bytes[slot] = bytes;
    this.toArrive[slot] = bytes;
    return slot;
  }

  release(slot: number): void {
    this.slots.release(slot);
  }

  /** Counts bytes that will have arrived; true when they were the last. Completions of a request arrive in order. */
  arrive(slot: number, bytes: number): boolean {
    const left = (this.toArrive[slot] as number) - bytes;
    this.toArrive[slot] = left;
    return left === 0;
  }

  private grow(capacity: number): void {
    this.transfer = lengthened(this.transfer, capacity);
    this.destination = lengthened(this.destination, capacity);
    this.address = lengthened(this.address, capacity);
    this.bytes = lengthened(this.bytes, capacity);
    this.toArrive = lengthened(this.toArrive, capacity);
  }
}
