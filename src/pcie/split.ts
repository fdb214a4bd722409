import { type Bytes, bytes } from '../units.ts';

/*
 * The steps run once per TLP in the hot loop, where sizes come out of typed arrays: they take bare numbers, in bytes, and
 * allocate nothing. Addresses are whole and below 2^53. `%` takes twice as long as `Math.floor`;
 * a division by a power of two is exact.
 */

/** No memory request and no completion crosses a multiple of it. Source: PCIe Base Specification 5.0, section 2.2.7. */
const PAGE = 4096;

const floorTo = (boundary: number, address: number): number => Math.floor(address / boundary) * boundary;

const withinPage = (address: number, remaining: number, limit: number): Bytes =>
  bytes(Math.min(remaining, limit, floorTo(PAGE, address) + PAGE - address));

/**
 * Payload of the next posted write of a transfer: at most `limit` (write chunk and MPS), never across 4 KiB. All in bytes.
 * Source: PCIe Base Specification 5.0, sections 2.2.2 and 2.2.7.
 */
export const nextWriteChunk = (address: number, remaining: number, limit: number): Bytes =>
  withinPage(address, remaining, limit);

/**
 * Size of the next read request of a transfer: at most `mrrs`, never across 4 KiB. All in bytes. Source: PCIe Base
 * Specification 5.0, section 2.2.7 (Max_Read_Request_Size).
 */
export const nextReadRequest = (address: number, remaining: number, mrrs: number): Bytes =>
  withinPage(address, remaining, mrrs);

/**
 * Payload of the next completion of a read request, the largest that is allowed: the rest of the request if it fits into
 * `chunk`, else up to the last multiple of `rcb` within `chunk`. So the first one ends at a multiple of RCB and all between
 * first and last are multiples of RCB. All in bytes; `rcb` is a power of two. Throws RangeError where `chunk` is below
 * `rcb`. Source: PCIe Base Specification 5.0, section 2.3.1.1; pcie-facts, section 2 (RCB).
 */
export function nextCompletion(address: number, remaining: number, rcb: number, chunk: number): Bytes {
  if (chunk < rcb) throw chunkBelowRcb(rcb, chunk);
  return bytes(remaining <= chunk ? remaining : floorTo(rcb, address + chunk) - address);
}

const chunkBelowRcb = (rcb: number, chunk: number): RangeError =>
  new RangeError(
    `completion chunk ${chunk} B is below the read completion boundary ${rcb} B; expected ${rcb} B or more; ` +
      `raise the chunk, or lower the RCB if the completer is a root port`,
  );

/** One TLP's part of a range of addresses, in bytes. */
export interface Piece {
  readonly address: number;
  readonly size: Bytes;
}

/**
 * All pieces into which a step cuts `size` bytes from `address` on, in ascending order; none for 0 bytes. For tests and
 * short ranges, as it allocates each. Throws RangeError where the step stands still or oversteps.
 */
export function pieces(
  address: number,
  size: number,
  step: (address: number, remaining: number) => Bytes,
): readonly Piece[] {
  const result: Piece[] = [];
  for (let done = 0; done < size; ) {
    const piece = step(address + done, size - done);
    if (!(piece > 0 && piece <= size - done)) throw notAStep(piece, size - done);
    result.push({ address: address + done, size: piece });
    done += piece;
  }
  return result;
}

const notAStep = (piece: number, remaining: number): RangeError =>
  new RangeError(
    `a piece of ${piece} B; expected 1 to ${remaining} B; check the limit that the step was given`,
  );
