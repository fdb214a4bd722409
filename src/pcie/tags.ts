/** Bits of a requester's tag: 5, 8 or 10 outside flit mode, 14 in it. */
export type TagBits = 5 | 8 | 10 | 14;

/**
 * With more than 8 bits the upper ones must not all be clear, so that the answers of completers with fewer bits are told
 * apart: 256 to 1023 with 10 bits. That it is so with 14 bits too, 1024 to 16383, is assumed: no vendor's page that was
 * found says it.
 */
const USABLE: Readonly<Record<TagBits, number>> = { 5: 32, 8: 256, 10: 768, 14: 15_360 };

/**
 * Non-posted requests that one requester may have outstanding by its tags. Source: PCIe Base Specification 5.0, section
 * 2.2.6.2; pcie-facts, section 2; with 14 bits assumed.
 */
export const usableTags = (bits: TagBits): number => USABLE[bits];
