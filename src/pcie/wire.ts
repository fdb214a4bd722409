import { type Bytes, bytes } from '../units.ts';

/**
 * Bytes around each TLP outside flit mode. Generations 1 and 2: STP 1, sequence number 2, LCRC 4, END 1; from generation 3
 * on: STP token 4 (with the sequence number), LCRC 4. Source: PCIe Base Specification 5.0, sections 3.6 and 4.2;
 * pcie-facts, section 1.
 */
export const FRAMING_BYTES = bytes(8);

/** A DLLP (Ack, Nak, UpdateFC) on the link: framing 2, content 4, CRC 2. Source: pcie-facts, section 1. */
export const DLLP_BYTES = bytes(8);

/** Header of every completion: three double words. Source: PCIe Base Specification 5.0, section 2.2.9. */
export const COMPLETION_HEADER_BYTES = bytes(12);

/**
 * Bytes of a memory request's header: three double words with a 32-bit address, four with a 64-bit one. Source: PCIe Base
 * Specification 5.0, section 2.2.4.1.
 */
export const requestHeaderBytes = (doubleWords: 3 | 4): Bytes => bytes(doubleWords * 4);

/**
 * Bytes of a TLP: header and payload, without ECRC and prefixes; on the wire its framing is added, where there are no flits.
 * Payloads are counted as given; a link carries whole double words, so that one which starts or ends inside a double word takes
 * up to 6 B more. Source: pcie-facts, section 3.
 */
export const tlpBytes = (headerBytes: number, payload: number): Bytes => bytes(headerBytes + payload);
