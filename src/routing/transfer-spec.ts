import type { AddressKind, AddressType } from '../pcie/address-kind.ts';
import type { Bytes } from '../units.ts';

/** Posted writes, read requests, or atomics: non-posted requests with data (FetchAdd of 8 B), each answered by the old value. */
export type Operation = 'write' | 'read' | 'atomic';

/**
 * A transfer whose bound is asked: `size` bytes from where the data is to where it goes. With `write` the source issues
 * posted writes, with `atomic` the source issues atomics, with `read` the destination issues read requests. Ends are device ids; the far end may be `mem:<socket>`.
 */
export interface TransferSpec {
  readonly op: Operation;
  readonly from: string;
  readonly to: string;
  readonly size: Bytes;
  /** What the initiator was given for the far end; what the policy answers. */
  readonly address: AddressKind;
  /** Untranslated unless given. */
  readonly addressType?: AddressType;
  /** Whether memory answers reads from its last-level cache; false unless given. */
  readonly cached?: boolean;
  /** False unless given. */
  readonly relaxedOrdering?: boolean;
  /** Transfers that the workload keeps under way; any number unless given. */
  readonly depth?: number;
}

/** The end that issues the requests, and the other. */
export const rolesOf = ({ op, from, to }: TransferSpec): { initiator: string; target: string } =>
  op === 'read' ? { initiator: to, target: from } : { initiator: from, target: to };
