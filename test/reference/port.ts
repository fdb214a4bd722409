import type { PortPlan } from '../../src/fabric/plan.ts';
import { TLP_CLASSES } from '../../src/pcie/tlp-class.ts';
import type { Agenda } from './agenda.ts';
import { Iommu } from './iommu.ts';
import { nextChannel, type Tlp } from './tlp.ts';

/** Where TLPs wait for channels: an ingress port, a DMA engine's or a completer's. */
export class Port {
  readonly number: number;
  readonly plan: PortPlan;
  /** Whether the buffer can be read now. */
  readable = true;
  /** Who is here or on the way here, of all classes, in the order in which they were sent. */
  private readonly tlps: Tlp[] = [];
  private readonly agenda: Agenda;
  private readonly iommu: Iommu | null;

  constructor(number: number, plan: PortPlan, agenda: Agenda) {
    this.number = number;
    this.plan = plan;
    this.agenda = agenda;
    this.iommu = plan.translation && new Iommu(plan.translation);
  }

  /** When a TLP whose head comes at `head` is translated; at once where it needs not be. */
  translate({ page }: Tlp, head: number): number {
    return page === null || this.iommu === null ? 0 : this.iommu.translate(page, head);
  }

  /** A TLP is sent here. */
  expect(tlp: Tlp): void {
    tlp.ready = false;
    this.tlps.push(tlp);
  }

  /**
   * When an expected TLP may leave that comes with its head and its tail at these times, is translated at `translated`, and may
   * start to leave by `overlap` before its tail.
   */
  arrives(tlp: Tlp, times: { head: number; tail: number; translated: number; overlap: number }): void {
    const { latency, storeAndForward } = this.plan;
    const { head, tail, translated, overlap } = times;
    const forwarded = storeAndForward ? tail + latency : Math.max(head + latency, tail + latency - overlap);
    this.makeReady(tlp, Math.max(forwarded, translated));
  }

  /** A TLP that is made here at `time`, which may be in future. */
  make(tlp: Tlp, time: number): void {
    this.expect(tlp);
    this.makeReady(tlp, time + this.plan.latency);
  }

  /** The first of each queue. */
  heads(): readonly Tlp[] {
    const seen = new Set<string>();
    return this.tlps.filter((tlp) => {
      const queue = this.queueOf(tlp);
      if (seen.has(queue)) return false;
      seen.add(queue);
      return true;
    });
  }

  /** Whether ordering holds a TLP back: a posted write that came before it, and that it must not pass, is still here. */
  holdsBack(tlp: Tlp): boolean {
    const { order } = this.plan;
    if (order === 'none' || tlp.class === 'posted' || tlp.relaxed) return false;
    return this.tlps
      .slice(0, this.tlps.indexOf(tlp))
      .filter((older) => older.class === 'posted')
      .filter((older) => order === 'ingress' || nextChannel(older) === nextChannel(tlp))
      .some((older) => !tlp.idBased || older.source === tlp.source);
  }

  /** A TLP leaves, from `start` on; until all of it has been read, at the buffer's pace, no other can be. */
  release(tlp: Tlp, start: number): void {
    this.tlps.splice(this.tlps.indexOf(tlp), 1);
    const { readPsPerByte, framing } = this.plan;
    if (readPsPerByte === 0) return;
    this.readable = false;
    this.agenda.at(start + Math.round((tlp.bytes + framing) * readPsPerByte), 'return', () => {
      this.readable = true;
    });
  }

  /** One for each class, or for each class and channel; posted writes of one port are kept in one where their order is. */
  private queueOf(tlp: Tlp): string {
    const { virtualOutputs, order } = this.plan;
    const rank = TLP_CLASSES.indexOf(tlp.class);
    const isOne = !virtualOutputs || (tlp.class === 'posted' && order === 'ingress');
    return isOne ? `${rank}` : `${rank} ${nextChannel(tlp)}`;
  }

  private makeReady(tlp: Tlp, time: number): void {
    const { agenda } = this;
    const ready = () => {
      tlp.ready = true;
    };
    if (time <= agenda.now) ready();
    else agenda.at(time, 'arrival', ready);
  }
}
