import type { Bytes } from '../units.ts';
import type { TlpClass } from './tlp-class.ts';

/** Payload that one data credit stands for: four double words. Source: PCIe Base Specification 5.0, section 2.6.1. */
export const DATA_CREDIT_BYTES = 16;

/** Factor of scaled flow control that both ends of a link have agreed upon; 1: not scaled. */
export type FlowControlScale = 1 | 4 | 16;

/**
 * Most header credits that a receiver may have granted and not seen used: 127 without scaling, 508 and 2032 with it. DLLPs
 * carry 8 bits in all cases, in units of 1, 4 or 16 headers: half of them, less one, in such units; that the factor multiplies
 * the limit is inferred from the units. Source: PCIe Base Specification 5.0, sections 2.6.1.2 and 3.4.2; for 127 and the units
 * Efinix, PCIe Controller User Guide (TX flow control error handling) and Registers (receive credit limit); pcie-facts,
 * sections 2 and 7.
 */
export const maxHeaderCredits = (scale: FlowControlScale): number => 127 * scale;

/**
 * Most data credits of 16 B that a receiver may have granted and not seen used: 2047 without scaling, 8188 and 32752 with it.
 * DLLPs carry 12 bits in all cases, in units of 16, 64 or 256 B: half of them, less one, in such units; inferred and sourced
 * as `maxHeaderCredits`.
 */
export const maxDataCredits = (scale: FlowControlScale): number => 2047 * scale;

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
