import type { FabricPlan, PortOrder } from './plan.ts';
import type { Queues } from './queues.ts';
import type { TlpStore } from './tlp-store.ts';

const ORDERS: readonly PortOrder[] = ['none', 'egress', 'ingress'];
const NONE = 0;
const INGRESS = 2;

/**
 * Who must stay behind older posted writes of the same port. Posted writes are kept in order by their queues; non-posted
 * requests and completions pass none that came before them, unless by their RO attribute, or by their IDO attribute where the
 * sources differ (PCIe Base Specification 5.0, table 2-40). All else that the table asks for comes of each class having its own queue.
 */
export class Order {
  /** By port: when it last let go of heads that stood behind a posted write. */
  orderedUntil = new Float64Array(0);
  private reach = new Uint8Array(0);
  /** Whether a head stands behind a posted write. */
  private blocked = new Uint8Array(0);
  private ways = new Int32Array(0);
  private readonly tlps: TlpStore;
  private readonly queues: Queues;

  constructor(tlps: TlpStore, queues: Queues) {
    this.tlps = tlps;
    this.queues = queues;
  }

  reset({ ports }: FabricPlan, ways: Int32Array<ArrayBuffer>): void {
    this.ways = ways;
    this.reach = Uint8Array.from(ports, ({ order }) => ORDERS.indexOf(order));
    this.blocked = new Uint8Array(ports.length);
    this.orderedUntil = new Float64Array(ports.length);
  }

  /** Whether a head of the port that wants the output must wait for a posted write. */
  holdsBack(tlp: number, port: number, output: number): boolean {
    const { tlps } = this;
    const reach = this.reach[port] as number;
    if (reach === NONE || tlps.class[tlp] === 0 || tlps.relaxed[tlp] === 1) return false;
    const arrival = tlps.order[tlp] as number;
    let posted = this.queues.head[this.queues.queueOf(port, 0, output)] as number;
    for (; posted >= 0 && (tlps.order[posted] as number) < arrival; posted = tlps.next[posted] as number) {
      if (reach !== INGRESS && this.ways[tlps.way[posted] as number] !== output) continue;
      if (tlps.idBased[tlp] === 1 && tlps.source[posted] !== tlps.source[tlp]) continue;
      this.blocked[port] = 1;
      return true;
    }
    return false;
  }

  /** A posted write has left; true when heads that stood behind it must be looked at again. */
  postedLeft(port: number, now: number): boolean {
    if (this.blocked[port] === 0) return false;
    this.blocked[port] = 0;
    this.orderedUntil[port] = now;
    return true;
  }
}
