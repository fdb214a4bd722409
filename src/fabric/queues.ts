import type { PortPlan } from './plan.ts';
import type { TlpStore } from './tlp-store.ts';

/**
 * The in-order queues of all ports, three a port (posted, non-posted, completion). A head that cannot move blocks what
 * stands behind it; non-posted requests and completions wait for older posted writes of their port
 * (PCIe Base Specification 5.0, table 2-40).
 */
export class Queues {
  head = new Int32Array(0);
  port = new Int32Array(0);
  /** Since when all heads have wanted the output that the head wants. */
  sameSince = new Float64Array(0);
  /** By port: when its buffer can be read again, and when it last let go of heads that stood behind a posted write. */
  readableAt = new Float64Array(0);
  orderedUntil = new Float64Array(0);
  private tail = new Int32Array(0);
  private latency = new Float64Array(0);
  private storeAndForward = new Uint8Array(0);
  private readPsPerByte = new Float64Array(0);
  private ordered = new Uint8Array(0);
  private blocked = new Uint8Array(0);
  private arrivals = 0;

  private readonly tlps: TlpStore;

  constructor(tlps: TlpStore) {
    this.tlps = tlps;
  }

  reset(ports: readonly PortPlan[]): void {
    const queues = ports.length * 3;
    this.head = new Int32Array(queues).fill(-1);
    this.tail = new Int32Array(queues).fill(-1);
    this.port = Int32Array.from({ length: queues }, (_, queue) => Math.floor(queue / 3));
    this.sameSince = new Float64Array(queues);
    this.readableAt = new Float64Array(ports.length);
    this.orderedUntil = new Float64Array(ports.length);
    this.latency = Float64Array.from(ports, (port) => port.latency);
    this.storeAndForward = Uint8Array.from(ports, (port) => (port.storeAndForward ? 1 : 0));
    this.readPsPerByte = Float64Array.from(ports, (port) => port.readPsPerByte);
    this.ordered = Uint8Array.from(ports, (port) => (port.ordered ? 1 : 0));
    this.blocked = new Uint8Array(ports.length);
    this.arrivals = 0;
  }

  /** Appends; true when the TLP is the head at once. */
  add(queue: number, tlp: number): boolean {
    const { tlps } = this;
    tlps.next[tlp] = -1;
    tlps.order[tlp] = this.arrivals++;
    const last = this.tail[queue] as number;
    this.tail[queue] = tlp;
    if (last >= 0) {
      tlps.next[last] = tlp;
      return false;
    }
    this.head[queue] = tlp;
    return true;
  }

  /** Takes the head away and answers the new head, or -1. */
  removeHead(queue: number): number {
    const next = this.tlps.next[this.head[queue] as number] as number;
    this.head[queue] = next;
    if (next < 0) this.tail[queue] = -1;
    return next;
  }

  /**
   * Sets when the head may leave: cut-through, when it has come and been forwarded, and not so early that the tail would be
   * missing at the end of a transmission that lasts `overlap`; else after the tail.
   */
  makeReady(queue: number, tlp: number, overlap: number): void {
    const { tlps } = this;
    const port = this.port[queue] as number;
    const latency = this.latency[port] as number;
    const tail = (tlps.tail[tlp] as number) + latency;
    const head = (tlps.head[tlp] as number) + latency;
    tlps.ready[tlp] = this.storeAndForward[port] === 1 ? tail : Math.max(head, tail - overlap);
  }

  /** Whether the head of a queue must wait for a posted write that came to the port before it. */
  behindPosted(queue: number, tlp: number, port: number): boolean {
    if (queue === port * 3 || this.ordered[port] === 0) return false;
    const posted = this.head[port * 3] as number;
    if (posted < 0 || this.tlps.relaxed[tlp] === 1) return false;
    if ((this.tlps.order[posted] as number) > (this.tlps.order[tlp] as number)) return false;
    this.blocked[port] = 1;
    return true;
  }

  /** A posted write has left; true when heads that stood behind it must be looked at again. */
  postedLeft(port: number, now: number): boolean {
    if (this.blocked[port] === 0) return false;
    this.blocked[port] = 0;
    this.orderedUntil[port] = now;
    return true;
  }

  /** The port's buffer is being read from `start` for so many bytes. */
  readFrom(port: number, start: number, wireBytes: number): void {
    const pace = this.readPsPerByte[port] as number;
    if (pace > 0) this.readableAt[port] = start + Math.round(wireBytes * pace);
  }

  /** Earliest arrival among the heads. */
  oldestArrival(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const tlp of this.head) if (tlp >= 0) oldest = Math.min(oldest, this.tlps.head[tlp] as number);
    return oldest;
  }
}
