import type { Picoseconds } from '../units.ts';

/**
 * What the fabric asks of the DMA engines and completers at its edge. TLPs that an engine wants to send stand in the
 * queues of its port, at most one a class; the fabric takes them as it takes those of any port.
 */
export interface Initiator {
  /** Offers what has become due at this output's engines, and wakes the output for what will. */
  advance(output: number, now: Picoseconds): void;
  /** When the engine may send this TLP: `now` or earlier at once, Infinity if it waits for something not on its way. */
  mayIssueAt(tlp: number, now: Picoseconds): Picoseconds;
  /** The scarcest thing that the TLP last asked for had to wait for, and until when. */
  readonly boundBy: number;
  readonly boundUntil: Picoseconds;
  /** The TLP has begun to leave its engine. */
  issued(tlp: number, now: Picoseconds, start: Picoseconds): void;
  /** The tail of the TLP will be at its end at `tail`; the slot is the initiator's to release. */
  arrived(tlp: number, tail: Picoseconds): void;
}
