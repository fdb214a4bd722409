import { dataCredits } from '../pcie/credits.ts';
import type { TlpStore } from './tlp-store.ts';

/** The pieces of a TLP are numbered from its own number times this on: 4 KiB has 64 pieces of 64 B, or 65. */
const PIECES = 128;

const upToBoundary = (tlps: TlpStore, tlp: number, boundary: number): number => {
  const address = tlps.address[tlp] as number;
  return (Math.floor(address / boundary) + 1) * boundary - address;
};

/** Whether the payload of a TLP crosses a multiple of `boundary`. */
export const isCut = (tlps: TlpStore, tlp: number, boundary: number): boolean =>
  (tlps.payload[tlp] as number) > upToBoundary(tlps, tlp, boundary);

/** Gives a TLP that may be cut the number of its first piece. */
export function numberPieces(tlps: TlpStore, tlp: number): void {
  tlps.piece[tlp] = (tlps.piece[tlp] as number) * PIECES;
}

/**
 * Cuts the first piece, up to the next multiple of `boundary`, off a TLP that crosses it, and answers its slot. The rest keeps
 * the slot, and what it holds at the output by which it came, which is so given back with the last piece.
 */
export function cutFirst(tlps: TlpStore, tlp: number, boundary: number): number {
  const size = upToBoundary(tlps, tlp, boundary);
  const first = tlps.takeLike(tlp);
  const address = tlps.address[tlp] as number;
  const left = (tlps.payload[tlp] as number) - size;
  const header = (tlps.bytes[tlp] as number) - (tlps.payload[tlp] as number);
  setPayload(tlps, first, address, size);
  setPayload(tlps, tlp, address + size, left);
  tlps.bytes[first] = header + size;
  tlps.bytes[tlp] = header + left;
  tlps.piece[first] = tlps.piece[tlp] as number;
  tlps.piece[tlp] = (tlps.piece[tlp] as number) + 1;
  tlps.held[first] = -1;
  return first;
}

function setPayload(tlps: TlpStore, tlp: number, address: number, payload: number): void {
  tlps.address[tlp] = address;
  tlps.payload[tlp] = payload;
  tlps.dataCredits[tlp] = dataCredits(payload);
}
