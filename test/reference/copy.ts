import type { Flow } from './flow.ts';

/** A transfer that a DMA engine works on. Addresses and sizes in bytes, times in ps. */
export class Copy {
  readonly flow: Flow;
  readonly wished: number;
  /** Index of its destination; null where each request has its own. */
  readonly destination: number | null;
  /** Next byte to ask for or to send, counted from the first of the flow's region. */
  address: number;
  toIssue: number;
  private toArrive: number;

  constructor(flow: Flow, wished: number) {
    this.flow = flow;
    this.wished = wished;
    this.destination = flow.plan.spread === 'transfer' ? flow.drawDestination() : null;
    this.address = flow.nextAddress();
    this.toIssue = flow.plan.size;
    this.toArrive = flow.plan.size;
  }

  /** A request for so many bytes has gone at `start`. */
  issue(bytes: number, start: number): void {
    this.address += bytes;
    this.toIssue -= bytes;
    this.flow.firstIssue = Math.min(this.flow.firstIssue, start);
  }

  /** So many bytes are where they are to be; true when they are the last of the transfer. */
  arrive(bytes: number): boolean {
    this.flow.bytes += bytes;
    this.toArrive -= bytes;
    return this.toArrive === 0;
  }

  /** The transfer has ended. */
  end(): void {
    this.flow.transferEnded(this.wished);
  }
}
