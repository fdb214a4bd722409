import type { Bytes } from '../units.ts';
import type { TlpClass } from './tlp-class.ts';

/** Payload that one data credit stands for: four double words. Source: PCIe Base Specification 5.0, section 2.6.1. */
export const DATA_CREDIT_BYTES = 16;

/** Most header credits outstanding without scaling: half of an 8-bit counter, less one. Source: pcie-facts, section 2. */
export const MAX_HEADER_CREDITS = 127;

/** Most data credits outstanding without scaling: half of a 12-bit counter, less one. Source: pcie-facts, section 2. */
export const MAX_DATA_CREDITS = 2047;

/** Data credits that a TLP takes; payload in bytes. Source: PCIe Base Specification 5.0, section 2.6.1. */
export const dataCredits = (payload: number): number => Math.ceil(payload / DATA_CREDIT_BYTES);

/** Credits of one class, in units of one header and of 16 B of data. */
export interface MinimumCredits {
  readonly headers: number;
  readonly data: number;
}

/**
 * The least that a receiver may advertise for a class; `mps` is the largest payload size that it supports. For completions
 * it is that of a switch or of a root complex that passes on peer traffic: endpoints must advertise infinite credits.
 * Source: PCIe Base Specification 5.0, section 2.6.1 (minimum initial flow control advertisements); pcie-facts, section 2.
 */
export function minimumCredits(tlpClass: TlpClass, mps: Bytes): MinimumCredits {
  switch (tlpClass) {
    case 'posted':
    case 'completion':
      return { headers: 1, data: dataCredits(mps) };
    case 'nonposted':
      return { headers: 1, data: 1 };
  }
}
