import type { Stage } from './passage.ts';
import type { Timed } from './timed.ts';
import type { TlpCount } from './transfer-shape.ts';

/** TLPs of one size at one channel of their way. */
export interface StageUse extends Stage {
  readonly count: number;
  readonly bytes: number;
  readonly payload: number;
  /** When the last data that they move has arrived. */
  readonly done: number;
}

/** All TLP sizes of a way as they use its channel `i`; at least one. */
export const stageUses = (tlps: readonly Timed<TlpCount>[], i: number): readonly StageUse[] =>
  tlps.flatMap(({ tlp, passage, done }) => {
    const stage = passage.stages[i];
    return stage ? [{ ...stage, count: tlp.count, bytes: tlp.bytes, payload: tlp.payload, done }] : [];
  });
