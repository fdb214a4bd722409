import { type BytesPerSecond, bytesPerSecond } from '../units.ts';

/** PCIe generations whose links use TLPs without flits. */
export type Generation = 1 | 2 | 3 | 4 | 5;

/** Lanes of a link (PCIe Base Specification 5.0, section 4.2: link widths). */
export type Width = 1 | 2 | 4 | 8 | 16 | 32;

export const GENERATIONS: readonly Generation[] = [1, 2, 3, 4, 5];
export const WIDTHS: readonly Width[] = [1, 2, 4, 8, 16, 32];

/** Transfers per second and lane, and the line code's share of payload bits (Linux `PCIE_SPEED2MBS_ENC`). */
const LANE: Readonly<
  Record<Generation, { readonly transfers: number; readonly code: readonly [number, number] }>
> = {
  1: { transfers: 2.5e9, code: [8, 10] },
  2: { transfers: 5e9, code: [8, 10] },
  3: { transfers: 8e9, code: [128, 130] },
  4: { transfers: 16e9, code: [128, 130] },
  5: { transfers: 32e9, code: [128, 130] },
};

/** Rate of one direction of a link after line coding, before TLP overhead, SKP and DLLPs. */
export function linkRate(generation: Generation, width: Width): BytesPerSecond {
  const { transfers, code } = LANE[generation];
  return bytesPerSecond((width * transfers * code[0]) / code[1] / 8);
}
