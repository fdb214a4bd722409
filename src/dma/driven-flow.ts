import type { Condition, Processes, Program } from '../engine/processes.ts';

/** Hears of each request of a driven flow that will be at its completer at `time`; posted or not. */
export type Witness = (posted: boolean, time: number) => void;

/** What a driven flow asks of the DMA engines. */
export interface FlowControl {
  /** Wishes one more transfer of the flow, now. */
  wish(flow: number): void;
  /** Sends the device of the flow an Invalidate Request for what it keeps of the flow's translations; false: it keeps none. */
  invalidate(flow: number): boolean;
  /** Makes the IOMMUs forget the translations of the flow's pages; false where it has none. */
  forget(flow: number): boolean;
}

/** A flow whose transfers software posts, one by one; what becomes of them wakes `changed`, which flows may share. */
export class DrivenFlow {
  readonly number: number;
  changed: Condition;
  posted = 0;
  /** Transfers whose last request has left the device, which is all that the device itself knows of a write. */
  issued = 0;
  witness: Witness | null = null;
  private endedBefore = 0;
  private ends: number[] = [];
  private acknowledged = 0;
  private acknowledgements: number[] = [];
  private readonly control: FlowControl;
  private readonly processes: Processes;
  private readonly bell: number;

  constructor(number: number, control: FlowControl, processes: Processes) {
    this.number = number;
    this.control = control;
    this.processes = processes;
    this.changed = processes.condition();
    this.bell = processes.start(this.rings(processes.condition()));
  }

  /** Transfers that have ended by now: data written has arrived, data read is here. */
  get ended(): number {
    const { now } = this.processes;
    const later = this.ends.filter((time) => time > now);
    this.endedBefore += this.ends.length - later.length;
    this.ends = later;
    return this.endedBefore;
  }

  post(): void {
    this.posted++;
    this.control.wish(this.number);
  }

  /** Lasts until all that is posted has left the device. */
  *untilIssued(): Program {
    while (this.issued < this.posted) yield this.changed;
  }

  /** Lasts until all that is posted has ended. */
  *untilEnded(): Program {
    while (this.ended < this.posted) yield this.changed;
  }

  /** Lasts until the device says that it keeps no translation of the flow's pages (ATS); at once where it keeps none. */
  *untilInvalidated(): Program {
    if (!this.control.invalidate(this.number)) return;
    const wanted = this.acknowledged + this.acknowledgements.length + 1;
    while (this.heard() < wanted) yield this.changed;
  }

  /** Takes the flow's pages out of the IOMMUs; false where they translate none. */
  forgetPages(): boolean {
    return this.control.forget(this.number);
  }

  /** For the DMA engines: a transfer has left its device. */
  left(): void {
    this.issued++;
    this.changed.wake();
  }

  /** For the DMA engines: a transfer will have ended at `time`. */
  endsAt(time: number): void {
    this.ends.push(time);
    this.ring(time);
  }

  /** For the DMA engines: an Invalidate Completion will be at the translation agent at `time`. */
  acknowledgedAt(time: number): void {
    this.acknowledgements.push(time);
    this.ring(time);
  }

  private *rings(never: Condition): Program {
    for (;;) {
      yield never;
      this.changed.wake();
    }
  }

  private heard(): number {
    const { now } = this.processes;
    const later = this.acknowledgements.filter((time) => time > now);
    this.acknowledged += this.acknowledgements.length - later.length;
    this.acknowledgements = later;
    return this.acknowledged;
  }

  private ring(time: number): void {
    this.processes.resumeIn(this.bell, time - this.processes.now);
  }
}
