import type { AddressKind } from '../pcie/address-kind.ts';
import type { Operation, TransferSpec } from '../routing/transfer-spec.ts';
import { type Bytes, type BytesPerSecond, type Picoseconds, picoseconds } from '../units.ts';

/**
 * A stream of transfers as a scenario names it. Data goes from `from` to `to`; with op `write` the source pushes posted
 * writes, with `atomic` it sends atomics, with `read` the destination pulls with read requests. Ends are device ids or `mem:<socket>`; the far end of the
 * initiator may be several, of which one is drawn for each transfer or request.
 */
export interface FlowSpec {
  readonly id: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly op: Operation;
  readonly size: Bytes;
  /**
   * Transfers begin at multiples of `size` within so many bytes: one after the other and again from the first, or at
   * random; null: all at the same address.
   */
  readonly region: Bytes | null;
  readonly access: 'sequential' | 'random';
  /** Whether memory answers reads from its last-level cache. */
  readonly cached: boolean;
  /** Number of transfers; null: as many as the scenario's time allows. */
  readonly transfers: number | null;
  /** Closed load: transfers under way at a time. */
  readonly depth: number;
  /** Open load: mean rate at which transfers are wished, as a Poisson process; null: closed. */
  readonly rate: BytesPerSecond | null;
  /** Whether the driver asks the kernel's P2P policy; one that does not uses what the hardware understands. */
  readonly asksKernel: boolean;
  /** Software posts its transfers one by one, instead of a load. */
  readonly driven: boolean;
  readonly spread: 'transfer' | 'request';
  readonly start: Picoseconds;
  /** The translations that the initiator keeps (ATS) are invalidated at the multiples of it after the start; null: never. */
  readonly invalidateEvery: Picoseconds | null;
  readonly relaxedOrdering: boolean;
  readonly idBasedOrdering: boolean;
}

/** The device that issues the requests, and the ends that it issues them to. */
export function rolesOf({ from, to, op }: FlowSpec): {
  readonly initiator: string;
  readonly targets: readonly string[];
} {
  const [initiators, targets] = op === 'read' ? [to, from] : [from, to];
  const [initiator] = initiators;
  if (initiator === undefined || initiators.length > 1) {
    throw new RangeError(`a ${op} has one initiator, not [${initiators.join(', ')}]; make a flow for each`);
  }
  return { initiator, targets };
}

/** What a flow must say; the rest has defaults: one transfer at a time, from the start, strictly ordered, as often as time allows. */
export type FlowRequest = Pick<FlowSpec, 'from' | 'to' | 'size'> & Partial<FlowSpec>;

/** A whole flow from what must be said. */
export function flowSpec(request: FlowRequest): FlowSpec {
  return {
    id: `${request.from.join('+')}>${request.to.join('+')}`,
    op: 'write',
    region: null,
    access: 'sequential',
    cached: false,
    transfers: null,
    depth: 1,
    rate: null,
    asksKernel: true,
    driven: false,
    spread: 'transfer',
    start: picoseconds(0),
    invalidateEvery: null,
    relaxedOrdering: false,
    idBasedOrdering: false,
    ...request,
  };
}

/** One transfer of a flow between its initiator and one of its targets, by the address that it was given. */
export function transferTo(spec: FlowSpec, target: string, address: AddressKind): TransferSpec {
  const { initiator } = rolesOf(spec);
  const [from, to] = spec.op === 'read' ? [target, initiator] : [initiator, target];
  const { op, size, cached, depth, rate, relaxedOrdering } = spec;
  return { op, from, to, size, address, cached, relaxedOrdering, ...(rate === null ? { depth } : {}) };
}
