import { lengthened, Slots } from '../engine/slots.ts';

/** All TLPs under way: columns by slot, in bytes and picoseconds; -1 is none. */
export class TlpStore {
  /** 0 posted, 1 non-posted, 2 completion. */
  class = new Uint8Array(0);
  /** What of its initiator's messages it is; 0: it moves data, or asks for some. */
  message = new Uint8Array(0);
  /** By its RO attribute it may pass older posted writes; by its IDO attribute those of another source. */
  relaxed = new Uint8Array(0);
  idBased = new Uint8Array(0);
  /** Endpoint that made it. */
  source = new Int32Array(0);
  /** Header and payload. */
  bytes = new Int32Array(0);
  payload = new Int32Array(0);
  dataCredits = new Int32Array(0);
  /** Where its payload begins in its flow's region, and the page of that to be translated; -1: none is. */
  address = new Float64Array(0);
  page = new Int32Array(0);
  flow = new Int32Array(0);
  /** The transfer (posted) or the read request (the others) that it belongs to. */
  owner = new Int32Array(0);
  /** Number of its request in the flow, and of the piece of the request that it is. */
  serial = new Int32Array(0);
  piece = new Int32Array(0);
  /** Place of its next output in the fabric's table of ways, and how many it has passed. */
  way = new Int32Array(0);
  stage = new Int32Array(0);
  /** Output by which it came, -1 in its endpoint; data credits that it holds there, -1: not even a header; whether of a shared buffer. */
  via = new Int32Array(0);
  held = new Int32Array(0);
  shared = new Uint8Array(0);
  /** Behind it in its queue. */
  next = new Int32Array(0);
  /** When its head and its tail come to where it is, and when it starts to leave. */
  head = new Float64Array(0);
  tail = new Float64Array(0);
  start = new Float64Array(0);
  /** When it may leave its queue: arrived and forwarded, and translated. */
  forwarded = new Float64Array(0);
  translated = new Float64Array(0);
  ready = new Float64Array(0);
  /** Time that it will occupy the channel of its next output; set when it is the head of its queue. */
  occupancy = new Float64Array(0);
  /** Order of arrival over the classes of a port. */
  order = new Float64Array(0);
  /** TLPs made since the reset. */
  made = 0;
  private readonly slots = new Slots((capacity) => this.grow(capacity));

  get live(): number {
    return this.slots.live;
  }

  reset(): void {
    this.made = 0;
    this.slots.reset();
  }

  take(): number {
    this.made++;
    return this.slots.take();
  }

  release(slot: number): void {
    this.slots.release(slot);
  }

  /** Another TLP of the same request on the same way, which has just come to where `slot` is. */
  takeLike(slot: number): number {
    const copy = this.take();
    for (const column of [this.class, this.message, this.relaxed, this.idBased, this.shared])
      column[copy] = column[slot] as number;
    for (const column of [
      this.source,
      this.page,
      this.flow,
      this.owner,
      this.serial,
      this.way,
      this.stage,
      this.via,
    ]) {
      column[copy] = column[slot] as number;
    }
    for (const column of [this.head, this.tail, this.translated]) column[copy] = column[slot] as number;
    return copy;
  }

  private grow(capacity: number): void {
    this.class = lengthened(this.class, capacity);
    this.message = lengthened(this.message, capacity);
    this.relaxed = lengthened(this.relaxed, capacity);
    this.idBased = lengthened(this.idBased, capacity);
    this.source = lengthened(this.source, capacity);
    this.bytes = lengthened(this.bytes, capacity);
    this.address = lengthened(this.address, capacity);
    this.page = lengthened(this.page, capacity);
    this.held = lengthened(this.held, capacity);
    this.shared = lengthened(this.shared, capacity);
    this.forwarded = lengthened(this.forwarded, capacity);
    this.translated = lengthened(this.translated, capacity);
    this.payload = lengthened(this.payload, capacity);
    this.dataCredits = lengthened(this.dataCredits, capacity);
    this.flow = lengthened(this.flow, capacity);
    this.owner = lengthened(this.owner, capacity);
    this.serial = lengthened(this.serial, capacity);
    this.piece = lengthened(this.piece, capacity);
    this.way = lengthened(this.way, capacity);
    this.stage = lengthened(this.stage, capacity);
    this.via = lengthened(this.via, capacity);
    this.next = lengthened(this.next, capacity);
    this.head = lengthened(this.head, capacity);
    this.tail = lengthened(this.tail, capacity);
    this.start = lengthened(this.start, capacity);
    this.ready = lengthened(this.ready, capacity);
    this.occupancy = lengthened(this.occupancy, capacity);
    this.order = lengthened(this.order, capacity);
  }
}
