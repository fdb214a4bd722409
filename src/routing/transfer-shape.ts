import { nextCompletion, pieces } from '../pcie/split.ts';
import { COMPLETION_HEADER_BYTES, requestHeaderBytes, tlpBytes } from '../pcie/wire.ts';
import { payloadLimits } from '../system/payload-limits.ts';
import type { System } from '../system/system.ts';
import { type CompleterRule, completerRule } from './completer-rule.ts';
import { deviceOf, payloadLimit } from './ends.ts';
import type { TlpBytes } from './occupancy.ts';
import { piecesOfSize } from './pieces-of-size.ts';
import { rolesOf, type TransferSpec } from './transfer-spec.ts';

/** TLPs of one size. */
export interface TlpCount extends TlpBytes {
  readonly count: number;
}

/** Requests of one size, and the completions of each; writes have none. */
export interface RequestCount extends TlpCount {
  /** Data that one of them moves. */
  readonly moves: number;
  readonly completions: readonly TlpCount[];
}

/** The TLPs of one transfer. */
export interface TransferShape {
  readonly requests: readonly RequestCount[];
  /** From the arrival of a read request's tail to its completions, in ps; 0 for writes. */
  readonly completerLatency: number;
}

/** Operand of an atomic: FetchAdd of 64 bits (PCIe Base Specification 5.0, section 6.15). */
const ATOMIC_BYTES = 8;

/** Bytes that one request moves at most: a write what its engine makes and MPS of both ends allows, a read MRRS. */
export function requestLimit(system: System, spec: TransferSpec): number {
  if (spec.op === 'read') return payloadLimits(deviceOf(system, spec.to)).mrrs;
  if (spec.op === 'atomic') return ATOMIC_BYTES;
  const { dma } = deviceOf(system, spec.from).part;
  return Math.min(dma.writeChunk, payloadLimit(system, spec.from), payloadLimit(system, spec.to));
}

function writeShape(system: System, spec: TransferSpec): TransferShape {
  const { dma } = deviceOf(system, spec.from).part;
  const chunk = requestLimit(system, spec);
  const header = requestHeaderBytes(dma.headerDoubleWords);
  const requests = piecesOfSize(spec.size, chunk).map(({ size, count }) => ({
    count,
    bytes: tlpBytes(header, size),
    payload: size,
    moves: size,
    completions: [],
  }));
  return { requests, completerLatency: 0 };
}

function completionsOf(size: number, { rcb, chunk }: CompleterRule): readonly TlpCount[] {
  const counts = new Map<number, number>();
  for (const piece of pieces(0, size, (at, rest) => nextCompletion(at, rest, rcb, chunk))) {
    counts.set(piece.size, (counts.get(piece.size) ?? 0) + 1);
  }
  return [...counts].map(([payload, count]) => ({
    count,
    payload,
    bytes: tlpBytes(COMPLETION_HEADER_BYTES, payload),
  }));
}

/** Reads, and atomics, whose requests carry their operands. */
function nonPostedShape(system: System, spec: TransferSpec): TransferShape {
  const device = deviceOf(system, rolesOf(spec).initiator);
  const rule = completerRule(system, spec);
  const header = requestHeaderBytes(device.part.dma.headerDoubleWords);
  const payloadOf = (size: number): number => (spec.op === 'atomic' ? size : 0);
  const requests = piecesOfSize(spec.size, requestLimit(system, spec)).map(({ size, count }) => ({
    count,
    bytes: tlpBytes(header, payloadOf(size)),
    payload: payloadOf(size),
    moves: size,
    completions: completionsOf(size, rule),
  }));
  return { requests, completerLatency: rule.latency };
}

/**
 * The TLPs of a transfer: payloads as large as the engine makes them and MPS of both ends allows; reads cut by MRRS and
 * answered by the completer's rule. Throws RangeError for ends that are no devices. Source: pcie-facts, sections 2 and 3.
 */
export const transferShape = (system: System, spec: TransferSpec): TransferShape =>
  spec.op === 'write' ? writeShape(system, spec) : nonPostedShape(system, spec);
