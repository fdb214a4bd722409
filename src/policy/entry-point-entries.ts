/** A range of CPU physical addresses; null where the address or the length, in bytes, is not stated. */
export interface PhysicalRange {
  readonly address: number | null;
  readonly bytes: number | null;
}

/** One entry of what a device is given. */
export type DmaEntry =
  | {
      readonly kind: 'BUS' | 'PHYS';
      /** Null where the range's is not stated. */
      readonly address: number | null;
      readonly bytes: number | null;
    }
  | {
      readonly kind: 'IOVA';
      /** Bytes from the begin of the list's one IOVA range, which the IOMMU's driver chooses. */
      readonly offset: number;
      readonly bytes: number | null;
    };

/** Longest entry of a scatterlist, whose length has 32 bits. Source: kernel-p2pdma, section 2 (vector D10). */
export const MOST_ENTRY_BYTES = 2 ** 32 - 1;

/** Lengths of the entries that a range of so many bytes takes; one entry where the length is not known. */
function pieces(bytes: number | null): readonly (readonly [offset: number, bytes: number | null])[] {
  if (bytes === null) return [[0, null]];
  const count = Math.ceil(bytes / MOST_ENTRY_BYTES);
  return Array.from({ length: count }, (_, i) => {
    const offset = i * MOST_ENTRY_BYTES;
    return [offset, Math.min(MOST_ENTRY_BYTES, bytes - offset)];
  });
}

/** Entries for one range at its own address plus `offset`. Source: kernel-p2pdma, section 2 (vector D11). */
export function placedEntries(kind: 'BUS' | 'PHYS', range: PhysicalRange, offset: number): DmaEntry[] {
  const { address } = range;
  return pieces(range.bytes).map(([from, bytes]) => ({
    kind,
    address: address === null ? null : address + offset + from,
    bytes,
  }));
}

/** Entries for so many bytes of an IOVA range that lie together from `begin` on. Source: kernel-p2pdma, section 2 (D10). */
export function iovaEntries(begin: number, bytes: number | null): DmaEntry[] {
  return pieces(bytes).map(([from, length]) => ({ kind: 'IOVA', offset: begin + from, bytes: length }));
}
