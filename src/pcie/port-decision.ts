import { ACS } from './acs.ts';
import type { AddressType } from './address-kind.ts';

/** What a port does with a peer-to-peer TLP: on to the peer, upstream to the root complex, or an ACS Violation error. */
export type PortDecision = 'DIRECT' | 'REDIRECT' | 'VIOLATION';

/** A memory request as the port sees it at which it came in. */
export interface RequestAtPort {
  /** The port's ACS control register. */
  readonly control: number;
  readonly addressType: AddressType;
  /** Bit of the egress port in the port's Egress Control Vector; counts only where EC is set. */
  readonly egressVectorBit: 0 | 1;
}

/** A completion as the port sees it at which it came in. */
export interface CompletionAtPort {
  /** The port's ACS control register. */
  readonly control: number;
  readonly relaxedOrdering: boolean;
}

/**
 * What the ingress port does with a memory request to a peer: Translation Blocking comes first, then Direct Translated
 * P2P, then Egress Control with Request Redirect. Source: PCIe Base Specification 5.0, section 6.12.1.1 and table 6-11;
 * kernel-p2pdma, section 3.
 */
export function requestDecision({ control, addressType, egressVectorBit }: RequestAtPort): PortDecision {
  if (addressType === 'translated') {
    if (control & ACS.TB) return 'VIOLATION';
    if (control & ACS.DT) return 'DIRECT';
  }
  const redirected = (control & ACS.RR) !== 0;
  if ((control & ACS.EC) === 0) return redirected ? 'REDIRECT' : 'DIRECT';
  if (egressVectorBit === 0) return 'DIRECT';
  return redirected ? 'REDIRECT' : 'VIOLATION';
}

/**
 * What the ingress port does with a completion to a peer: Completion Redirect sends it upstream unless its Relaxed Ordering
 * attribute is set; no other bit matters. Source: PCIe Base Specification 5.0, section 6.12.1.1; kernel-p2pdma, section 3.
 */
export function completionDecision({ control, relaxedOrdering }: CompletionAtPort): 'DIRECT' | 'REDIRECT' {
  return (control & ACS.CR) !== 0 && !relaxedOrdering ? 'REDIRECT' : 'DIRECT';
}
