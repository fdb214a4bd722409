import { type Bytes, bytes } from '../units.ts';

/** What of the Address Translation Services a TLP is, as the store's column `message` has it; 0 is none of them. */
export const TRANSLATION_REQUEST = 1;
export const TRANSLATION_COMPLETION = 2;
export const INVALIDATE_REQUEST = 3;
export const INVALIDATE_COMPLETION = 4;

export type AtsMessage =
  | typeof TRANSLATION_REQUEST
  | typeof TRANSLATION_COMPLETION
  | typeof INVALIDATE_REQUEST
  | typeof INVALIDATE_COMPLETION;

interface Form {
  /** 0 posted, 1 non-posted, 2 completion. */
  readonly class: 0 | 1 | 2;
  readonly headerBytes: Bytes;
  readonly payload: Bytes;
}

/**
 * Class, header and payload of each: requests and messages with four double words, a completion with three; one translation,
 * and the address that is invalidated, are 8 B. Source: PCIe Base Specification 5.0, sections 10.2.2, 10.2.3, 10.3.1 and 10.3.2.
 */
export const ATS_FORMS: Readonly<Record<AtsMessage, Form>> = {
  [TRANSLATION_REQUEST]: { class: 1, headerBytes: bytes(16), payload: bytes(0) },
  [TRANSLATION_COMPLETION]: { class: 2, headerBytes: bytes(12), payload: bytes(8) },
  [INVALIDATE_REQUEST]: { class: 0, headerBytes: bytes(16), payload: bytes(8) },
  [INVALIDATE_COMPLETION]: { class: 0, headerBytes: bytes(16), payload: bytes(0) },
};
