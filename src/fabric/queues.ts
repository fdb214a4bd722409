import type { FabricPlan } from './plan.ts';
import type { TlpStore } from './tlp-store.ts';

/**
 * The queues of all ports. Each port has one a class (posted, non-posted, completion), numbered 3 x port + class, in which a
 * head that cannot move blocks what stands behind it; a port with virtual outputs has besides one for each class and output,
 * so that what stands behind goes on by other outputs.
 */
export class Queues {
  head = new Int32Array(0);
  port = new Int32Array(0);
  /** 3 x port + class: the place of a queue in the turns of an output. */
  rank = new Int32Array(0);
  /** Since when all heads have wanted the output that the head wants. */
  sameSince = new Float64Array(0);
  /** By port: when its buffer can be read again, and the TLPs that a queue may send in its turn. */
  readableAt = new Float64Array(0);
  weight = new Int32Array(0);
  private tail = new Int32Array(0);
  private latency = new Float64Array(0);
  private storeAndForward = new Uint8Array(0);
  private readPsPerByte = new Float64Array(0);
  private framing = new Int32Array(0);
  /** By port: first of its queues of an output; -1: it has none. By port and class: whether the class uses them. */
  private virtual = new Int32Array(0);
  private isVirtual = new Uint8Array(0);
  private anyVirtual = false;
  /** Whether any port translates. */
  private translates = false;
  private outputs = 0;
  private arrivals = 0;

  private readonly tlps: TlpStore;

  constructor(tlps: TlpStore) {
    this.tlps = tlps;
  }

  reset({ ports, outputs }: FabricPlan): void {
    this.outputs = outputs.length;
    this.translates = ports.some(({ translation }) => translation !== null);
    this.latency = Float64Array.from(ports, (port) => port.latency);
    this.storeAndForward = Uint8Array.from(ports, (port) => (port.storeAndForward ? 1 : 0));
    this.readPsPerByte = Float64Array.from(ports, (port) => port.readPsPerByte);
    this.framing = Int32Array.from(ports, (port) => port.framing);
    this.weight = Int32Array.from(ports, (port) => port.weight);
    this.readableAt = new Float64Array(ports.length);
    this.arrivals = 0;
    this.number(ports);
    const queues = this.rank.length;
    this.head = new Int32Array(queues).fill(-1);
    this.tail = new Int32Array(queues).fill(-1);
    this.sameSince = new Float64Array(queues);
  }

  /** The queue of a port for TLPs of a class that want this output. */
  queueOf(port: number, kind: number, output: number): number {
    const rank = port * 3 + kind;
    if (!this.anyVirtual || this.isVirtual[rank] === 0) return rank;
    return (this.virtual[port] as number) + kind * this.outputs + output;
  }

  /** First and behind the last of a port's queues of outputs, of the non-posted and of the completion class. */
  virtualStart(port: number): number {
    return this.virtual[port] === -1 ? -1 : (this.virtual[port] as number) + this.outputs;
  }

  virtualEnd(port: number): number {
    return this.virtual[port] === -1 ? -1 : (this.virtual[port] as number) + 3 * this.outputs;
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
   * missing at the end of a transmission that lasts `overlap`; else after the tail. And never before it is translated.
   */
  makeReady(queue: number, tlp: number, overlap: number): void {
    const { tlps } = this;
    const port = this.port[queue] as number;
    const latency = this.latency[port] as number;
    const tail = (tlps.tail[tlp] as number) + latency;
    const head = (tlps.head[tlp] as number) + latency;
    const forwarded = this.storeAndForward[port] === 1 ? tail : Math.max(head, tail - overlap);
    tlps.ready[tlp] = forwarded;
    if (!this.translates) return;
    const translated = tlps.translated[tlp] as number;
    if (translated <= forwarded) return;
    tlps.forwarded[tlp] = forwarded;
    tlps.ready[tlp] = translated;
  }

  /** The port's buffer is being read from `start` for so many bytes. */
  readFrom(port: number, start: number, bytes: number): void {
    const pace = this.readPsPerByte[port] as number;
    if (pace > 0) this.readableAt[port] = start + Math.round((bytes + (this.framing[port] as number)) * pace);
  }

  /** Earliest arrival among the heads. */
  oldestArrival(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const tlp of this.head) if (tlp >= 0) oldest = Math.min(oldest, this.tlps.head[tlp] as number);
    return oldest;
  }

  private number(ports: FabricPlan['ports']): void {
    const ranks = [...Array(ports.length * 3).keys()];
    this.virtual = new Int32Array(ports.length).fill(-1);
    this.isVirtual = new Uint8Array(ports.length * 3);
    for (const [port, { virtualOutputs, order }] of ports.entries()) {
      if (!virtualOutputs) continue;
      this.virtual[port] = ranks.length;
      for (let kind = 0; kind < 3; kind++) {
        this.isVirtual[port * 3 + kind] = kind > 0 || order !== 'ingress' ? 1 : 0;
        for (let output = 0; output < this.outputs; output++) ranks.push(port * 3 + kind);
      }
    }
    this.anyVirtual = this.isVirtual.includes(1);
    this.rank = Int32Array.from(ranks);
    this.port = this.rank.map((rank) => Math.floor(rank / 3));
  }
}
