/** Bits of a requester's tag outside flit mode. */
export type TagBits = 5 | 8 | 10;

/** With 10 bits the upper two must not be both clear, so that old completers' answers are told apart: 256 to 1023. */
const USABLE: Readonly<Record<TagBits, number>> = { 5: 32, 8: 256, 10: 768 };

/**
 * Non-posted requests that one requester may have outstanding by its tags. Source: PCIe Base Specification 5.0, section
 * 2.2.6.2; pcie-facts, section 2.
 */
export const usableTags = (bits: TagBits): number => USABLE[bits];
