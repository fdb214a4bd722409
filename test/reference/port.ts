import type { PortPlan } from '../../src/fabric/plan.ts';
import type { TlpClass } from '../../src/pcie/tlp-class.ts';
import type { Agenda } from './agenda.ts';
import type { Tlp } from './tlp.ts';

/** Where TLPs wait for channels, in one queue for each class: an ingress port, a DMA engine's or a completer's. */
export class Port {
  readonly number: number;
  /** Whether the buffer can be read now. */
  readable = true;
  /** Who is here or on the way here, of all classes, in the order in which they were sent. */
  private readonly tlps: Tlp[] = [];
  private readonly plan: PortPlan;
  private readonly agenda: Agenda;

  constructor(number: number, plan: PortPlan, agenda: Agenda) {
    this.number = number;
    this.plan = plan;
    this.agenda = agenda;
  }

  /** A TLP is sent here. */
  expect(tlp: Tlp): void {
    tlp.ready = false;
    this.tlps.push(tlp);
  }

  /** The head of an expected TLP is here; its tail comes at `tail`, and its next start may be so long before it. */
  headArrives(tlp: Tlp, tail: number, overlap: number): void {
    const { latency, storeAndForward } = this.plan;
    if (storeAndForward) return;
    this.makeReady(tlp, Math.max(this.agenda.now + latency, tail + latency - overlap));
  }

  tailArrives(tlp: Tlp): void {
    const { latency, storeAndForward } = this.plan;
    if (storeAndForward) this.makeReady(tlp, this.agenda.now + latency);
  }

  /** A TLP that is made here at `time`, which may be in future. */
  make(tlp: Tlp, time: number): void {
    this.expect(tlp);
    this.makeReady(tlp, time + this.plan.latency);
  }

  get isEmpty(): boolean {
    return this.tlps.length === 0;
  }

  /** The one of its class that came first. */
  head(tlpClass: TlpClass): Tlp | undefined {
    return this.tlps.find((tlp) => tlp.class === tlpClass);
  }

  /** Whether ordering holds a TLP back: a posted write that came before it is still here. */
  holdsBack(tlp: Tlp): boolean {
    if (!this.plan.ordered || tlp.class === 'posted' || tlp.passesPosted) return false;
    return this.tlps.slice(0, this.tlps.indexOf(tlp)).some((older) => older.class === 'posted');
  }

  /** A TLP leaves, from `start` on; until all of it has been read, at the buffer's pace, no other can be. */
  release(tlp: Tlp, start: number): void {
    this.tlps.splice(this.tlps.indexOf(tlp), 1);
    const { readPsPerByte } = this.plan;
    if (readPsPerByte === 0) return;
    this.readable = false;
    this.agenda.at(start + Math.round(tlp.wireBytes * readPsPerByte), 'return', () => {
      this.readable = true;
    });
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
