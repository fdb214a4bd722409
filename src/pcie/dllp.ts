import { type Bytes, type Picoseconds, picoseconds } from '../units.ts';
import { type Generation, linkRate, type Width } from './generation.ts';
import { DLLP_BYTES } from './wire.ts';

/** TLP bytes beside the payload in the limit's formula: header, digest, framing. Source: pcie-facts, section 1. */
const TLP_OVERHEAD = 28;

/** Internal delay D in symbol times; none in flit mode, where Acks ride in each flit. Source: pcie-facts, section 1. */
const INTERNAL_DELAY: Readonly<Partial<Record<Generation, number>>> = {
  1: 19,
  2: 70,
  3: 115,
  4: 115,
  5: 115,
};

function internalDelay(generation: Generation): number {
  const delay = INTERNAL_DELAY[generation];
  if (delay !== undefined) return delay;
  throw new RangeError(
    `generation ${generation} has no Ack latency limit, as Acks and UpdateFCs ride in its flits; expected 1 to 5; ` +
      `ask usesFlits first: DLLPs cost nothing there`,
  );
}

/** Ack factor AF: for MPS up to 256 B and from 512 B on. Source: pcie-facts, section 1. */
const ACK_FACTOR: Readonly<Record<Width, readonly [small: number, large: number]>> = {
  1: [1.4, 1],
  2: [1.4, 1],
  4: [1.4, 1],
  8: [2.5, 1],
  16: [3, 2],
  32: [3, 2],
};

function ackFactor(width: Width, mps: Bytes): number {
  if (Number.isInteger(mps) && mps > 0 && (mps <= 256 || mps >= 512) && mps <= 4096) {
    return ACK_FACTOR[width][mps <= 256 ? 0 : 1];
  }
  throw new RangeError(
    `${mps} B is no maximum payload size with a known Ack factor; expected 128, 256, 512, 1024, 2048 or 4096 B; ` +
      `give the size that the link is set to`,
  );
}

/**
 * Longest time between an Ack, or an UpdateFC of one class, and the next, in symbol times: floor((MPS + 28) AF / width + D).
 * `mps` is the link's maximum payload size; below 128 B the formula is extended. Throws RangeError between 256 and 512 B
 * and above 4096 B, where there is no factor, and for generations in flit mode. Source: PCIe Base Specification 5.0,
 * section 3.6.3.1; pcie-facts, section 1.
 */
export const ackLatencyLimit = (generation: Generation, width: Width, mps: Bytes): number =>
  Math.floor(((mps + TLP_OVERHEAD) * ackFactor(width, mps)) / width + internalDelay(generation));

/**
 * DLLP bytes per byte that passes on the link, at the slowest rate that the specification allows a busy receiver: one Ack
 * and one UpdateFC per Ack latency limit. The limit is in symbol times of one lane, in each of which `width` bytes pass.
 * They cost the direction against the data. Throws RangeError as `ackLatencyLimit`. Source: pcie-facts, sections 0.1 and 3.
 */
export const dllpBytesPerWireByte = (generation: Generation, width: Width, mps: Bytes): number =>
  (2 * DLLP_BYTES) / (ackLatencyLimit(generation, width, mps) * width);

/** The Ack latency limit in ps; a symbol time is that of one byte on one lane. Throws RangeError as `ackLatencyLimit`. */
export const ackLatencyLimitTime = (generation: Generation, width: Width, mps: Bytes): Picoseconds =>
  picoseconds(Math.round((ackLatencyLimit(generation, width, mps) * 1e12) / linkRate(generation, 1)));

/**
 * When a sender sends again what was neither acknowledged nor refused: after three Ack latency limits. From 16 GT/s on the
 * specification has fixed limits, which are not public. Throws RangeError as `ackLatencyLimit`. Source: PCIe Base
 * Specification 3.1, section 3.5.2.1; pcie-facts, section 1.
 */
export const replayTimeout = (generation: Generation, width: Width, mps: Bytes): Picoseconds =>
  picoseconds(3 * ackLatencyLimitTime(generation, width, mps));
