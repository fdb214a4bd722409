import { type Generation, usesFlits } from './generation.ts';

/** The ends of the interval in which the specification lets a transmitter choose. */
export type SkpRate = 'slowest' | 'fastest';

/** One ordered set of `length` in each `period`: symbols with 8b/10b, blocks of 130 bits with 128b/130b. */
const SYMBOLS = { length: 4, period: { slowest: 1538, fastest: 1180 } };
const BLOCKS = { length: 1, period: { slowest: 376, fastest: 371 } };

/**
 * Share with flits at 1b/1b; assumed, as the interval, which is fixed there, is not public. Source: pcie-facts, sections 1
 * (grade D) and 7.
 */
const FLIT_MODE_SHARE = 0.003;

/**
 * Share of a link's bytes that SKP ordered sets take, with common or non-spread clocks (SRIS needs ten times as many).
 * Generations 1 and 2: 4 symbols each 1180 to 1538; 3 to 5: one block of standard length after each 370 to 375; 6 and 7,
 * whose transmitters have no choice: 0.3 %, assumed. Source: PCIe Base Specification 5.0, section 4.2.7; pcie-facts,
 * sections 1 and 3.
 */
export function skpShare(generation: Generation, rate: SkpRate = 'slowest'): number {
  if (usesFlits(generation)) return FLIT_MODE_SHARE;
  const { length, period } = generation <= 2 ? SYMBOLS : BLOCKS;
  return length / period[rate];
}
