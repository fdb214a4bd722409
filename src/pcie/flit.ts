import { type Picoseconds, picoseconds } from '../units.ts';
import { type Generation, linkRate, usesFlits, type Width } from './generation.ts';

/**
 * A flit on the link: TLP bytes 236, DLP 6, CRC 8, FEC 6. Source: PCIe Base Specification 6.0, section 4.2.3; pcie-facts,
 * section 1.
 */
export const FLIT_BYTES = 256;

/** Bytes of TLPs in a flit; what no TLP fills is filled with NOP TLPs. */
export const FLIT_TLP_BYTES = 236;

/**
 * Time that a flit takes on the link, in whole ps at all widths: 2 ns at generation 6 x16. Throws RangeError for generations
 * without flits.
 */
export function flitTime(generation: Generation, width: Width): Picoseconds {
  if (!usesFlits(generation)) throw noFlits(generation);
  return picoseconds((FLIT_BYTES * 1e12) / linkRate(generation, width));
}

const noFlits = (generation: Generation): RangeError =>
  new RangeError(`generation ${generation} has no flits; expected 6 or 7; ask usesFlits first`);
