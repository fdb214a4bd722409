import type { TlpClass } from './tlp-class.ts';

/**
 * May a TLP pass one that came before it: it must (else there can be deadlock), it may (performance is all there is to it),
 * it must not (the producer's data would come after its flag).
 */
export type Passing = 'must' | 'may' | 'must-not';

/** What the table asks of the later TLP besides its class; a field left out is false. */
export interface OrderingAttributes {
  /** The later TLP's RO attribute. */
  readonly relaxedOrdering?: boolean;
  /** The later TLP's IDO attribute. */
  readonly idBasedOrdering?: boolean;
  /** The two come from different functions: requester against requester, or completer against requester. */
  readonly differentSource?: boolean;
  /** Both are completions of the same request. */
  readonly sameTransaction?: boolean;
}

/** Passing a posted request: reads carry no data that RO could free, so only IDO helps them. */
function passesPosted(later: TlpClass, attributes: OrderingAttributes): Passing {
  const relaxed = later !== 'nonposted' && attributes.relaxedOrdering === true;
  const unrelated = attributes.idBasedOrdering === true && attributes.differentSource === true;
  return relaxed || unrelated ? 'may' : 'must-not';
}

/**
 * Whether the later TLP may pass the earlier one of the same traffic class on their way. Non-posted means reads; requests
 * with data (atomics) and configuration or I/O writes are not modelled, nor bridges to PCI, where completions must let posted
 * requests pass. Source: PCIe Base Specification 5.0, section 2.4.1, table 2-40; pcie-facts, section 2.
 */
export function passing(later: TlpClass, earlier: TlpClass, attributes: OrderingAttributes = {}): Passing {
  switch (earlier) {
    case 'posted':
      return passesPosted(later, attributes);
    case 'nonposted':
      return later === 'nonposted' ? 'may' : 'must';
    case 'completion':
      return later === 'completion' && attributes.sameTransaction === true ? 'must-not' : 'may';
  }
}
