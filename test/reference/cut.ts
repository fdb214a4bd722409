import { makeTlp, type Tlp } from './tlp.ts';

/** Numbers of pieces begin at this times the number of what they are pieces of. */
const PIECES = 128;

/**
 * The pieces of a TLP between multiples of `boundary`, the last of which has its place; non-posted requests, and what has no
 * payload, stay whole.
 */
export function cut(tlp: Tlp, boundary: number): readonly Tlp[] {
  if (tlp.class === 'nonposted' || tlp.payload === 0) return [tlp];
  const end = tlp.address + tlp.payload;
  const ends: number[] = [];
  for (let at = tlp.address; at < end; ) {
    at = Math.min(end, Math.floor(at / boundary) * boundary + boundary);
    ends.push(at);
  }
  return ends.map((pieceEnd, i) => {
    const address = ends[i - 1] ?? tlp.address;
    const facts = { ...tlp, piece: tlp.piece * PIECES + i, address, payload: pieceEnd - address };
    const piece = makeTlp(facts);
    piece.granted = tlp.granted;
    piece.place = i === ends.length - 1 ? tlp.place : null;
    return piece;
  });
}
