import type { AddressKind, AddressType } from '../pcie/address-kind.ts';
import type { TlpClass } from '../pcie/tlp-class.ts';

/** One TLP as far as its way depends on it. */
export interface RouteQuestion {
  /** Sender of this TLP: the requester of a request, the completer of a completion. A node id, or `mem:<socket id>`. */
  readonly from: string;
  readonly to: string;
  readonly class: TlpClass;
  /** The address by which the requester knows the target; completions are routed by requester id and only inherit it. */
  readonly address: AddressKind;
  readonly addressType: AddressType;
  /** The RO attribute; completions carry that of their request. */
  readonly relaxedOrdering: boolean;
  /**
   * Whether a request that went through the root complex still carries its requester id: then ACS alone decides where its
   * completions turn. Else the root complex owns the request, and its completions come back through it. Unknown for most
   * products; true unless given, which is what the physical route vectors R02 and R03 expect.
   */
  readonly rcKeepsRequesterId?: boolean;
}
