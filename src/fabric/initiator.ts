/**
 * What the fabric asks of the DMA engines and completers at its edge. TLPs that an engine wants to send stand in the
 * queues of its port, at most one a class; the fabric takes them as it takes those of any port. "Now" is the events' clock.
 */
export interface Initiator {
  /** Offers what has become due at this output's engines, and wakes the output for what will. */
  advance(output: number): void;
  /** Whether the engine may send this TLP now; if not, `mayIssueAt` is when (Infinity: it waits for something not on its way). */
  mayIssue(tlp: number): boolean;
  readonly mayIssueAt: number;
  /** The scarcest thing that the TLP last asked for had to wait for, and until when. */
  readonly boundBy: number;
  readonly boundUntil: number;
  /** Programs on the same clock: lets the one go on whose event has fallen due. */
  readonly processes: { resume(process: number): void };
  /** The TLP begins to leave its engine at its `start`. */
  issued(tlp: number): void;
  /** The TLP will be at its end at its `tail`; the slot is the initiator's to release. */
  arrived(tlp: number): void;
}
