import { formatTime, type Picoseconds } from '../units.ts';

/** A run that ended with packets under way, or went on for 10 ms without delivering one. */
export class StuckError extends Error {
  override readonly name = 'StuckError';
  /** When nothing moved any more, and one line for each thing that waits: what, where, for what. */
  readonly time: Picoseconds;
  readonly waiting: readonly string[];

  constructor(time: Picoseconds, waiting: readonly string[]) {
    const list = waiting.length > 0 ? waiting.join('; ') : 'nothing is queued';
    super(
      `the simulation is stuck at ${formatTime(time)}: ${list}; look for buffers smaller than one TLP and for credit cycles`,
    );
    this.time = time;
    this.waiting = waiting;
  }
}
