/** The three flow-control classes of TLPs: posted requests, non-posted requests, completions. */
export type TlpClass = 'posted' | 'nonposted' | 'completion';

export const TLP_CLASSES: readonly TlpClass[] = ['posted', 'nonposted', 'completion'];
