/**
 * May a TLP pass one that came before it: it must (else there can be deadlock), it may (performance is all there is to it),
 * it must not (the producer's data would come after its flag).
 */
export type Passing = 'must' | 'may' | 'must-not';

/** Rows and columns of the table: posted requests, reads, non-posted requests with data (atomics), completions. */
export type OrderingClass = 'posted' | 'read' | 'nonposted-with-data' | 'completion';

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
function passesPosted(later: OrderingClass, attributes: OrderingAttributes): Passing {
  const relaxed = later !== 'read' && attributes.relaxedOrdering === true;
  const unrelated = attributes.idBasedOrdering === true && attributes.differentSource === true;
  return relaxed || unrelated ? 'may' : 'must-not';
}

/** Passing a non-posted request: posted requests and completions must, or requests that wait for credits would lock them up. */
const passesNonPosted = (later: OrderingClass): Passing =>
  later === 'posted' || later === 'completion' ? 'must' : 'may';

/**
 * Whether the later TLP may pass the earlier one of the same traffic class on their way. Completions of configuration and I/O
 * writes, which may pass posted requests, are not modelled, nor bridges to PCI, where posted requests must pass completions.
 * Source: PCIe Base Specification 5.0, section 2.4.1, table 2-40; pcie-facts, section 2.
 */
export function passing(
  later: OrderingClass,
  earlier: OrderingClass,
  attributes: OrderingAttributes = {},
): Passing {
  switch (earlier) {
    case 'posted':
      return passesPosted(later, attributes);
    case 'read':
    case 'nonposted-with-data':
      return passesNonPosted(later);
    case 'completion':
      return later === 'completion' && attributes.sameTransaction === true ? 'must-not' : 'may';
  }
}
