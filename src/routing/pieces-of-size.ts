import { nextReadRequest, pieces } from '../pcie/split.ts';

const PAGE = 4096;

/** How many pieces of a size; whole bytes. */
export interface PieceCount {
  readonly size: number;
  readonly count: number;
}

function addPieces(counts: Map<number, number>, size: number, limit: number, times: number): void {
  for (const piece of pieces(0, size, (at, rest) => nextReadRequest(at, rest, limit))) {
    counts.set(piece.size, (counts.get(piece.size) ?? 0) + times);
  }
}

/**
 * The sizes into which a transfer that begins at a page is cut, by a limit (write chunk, or MRRS) and at every 4 KiB; as many
 * steps for a large transfer as for a small one. Source: PCIe Base Specification 5.0, section 2.2.7.
 */
export function piecesOfSize(size: number, limit: number): readonly PieceCount[] {
  const counts = new Map<number, number>();
  const pages = Math.floor(size / PAGE);
  if (pages > 0) addPieces(counts, PAGE, limit, pages);
  addPieces(counts, size - pages * PAGE, limit, 1);
  return [...counts].map(([piece, count]) => ({ size: piece, count }));
}
