import type { Passage } from './passage.ts';
import type { TlpCount } from './transfer-shape.ts';

/** TLPs of one size with their unhindered passage, and the time in ps from the first issue to the last data that one moves. */
export interface Timed<T extends TlpCount> {
  readonly tlp: T;
  readonly passage: Passage;
  readonly done: number;
}
