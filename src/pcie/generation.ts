import { type BytesPerSecond, bytesPerSecond } from '../units.ts';

/** PCIe generations; 6 and 7 run in flit mode. */
export type Generation = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Lanes of a link (PCIe Base Specification 5.0, section 4.2: link widths). */
export type Width = 1 | 2 | 4 | 8 | 16 | 32;

export const GENERATIONS: readonly Generation[] = [1, 2, 3, 4, 5, 6, 7];
export const WIDTHS: readonly Width[] = [1, 2, 4, 8, 16, 32];

/**
 * Transfers per second and lane, and the line code's share of payload bits. Source: Linux `PCIE_SPEED2MBS_ENC`; for
 * generation 7, which it lacks, PCI-SIG's announcement of PCIe 7.0 (512 GB/s both ways); pcie-facts, section 1.
 */
const LANE: Readonly<
  Record<Generation, { readonly transfers: number; readonly code: readonly [number, number] }>
> = {
  1: { transfers: 2.5e9, code: [8, 10] },
  2: { transfers: 5e9, code: [8, 10] },
  3: { transfers: 8e9, code: [128, 130] },
  4: { transfers: 16e9, code: [128, 130] },
  5: { transfers: 32e9, code: [128, 130] },
  6: { transfers: 64e9, code: [1, 1] },
  7: { transfers: 128e9, code: [1, 1] },
};

/** Rate of one direction of a link after line coding, before TLP overhead, SKP and DLLPs. */
export function linkRate(generation: Generation, width: Width): BytesPerSecond {
  const { transfers, code } = LANE[generation];
  return bytesPerSecond((width * transfers * code[0]) / code[1] / 8);
}

/**
 * Whether a link of this generation carries flits: from 64 GT/s on it must (lower rates may, where both ends have
 * negotiated it, which is not modelled). Source: PCIe Base Specification 6.0, section 4.2.3; pcie-facts, section 1.
 */
export const usesFlits = (generation: Generation): boolean => generation >= 6;
