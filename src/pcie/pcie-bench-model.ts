import { type Bytes, type BytesPerSecond, bytesPerSecond } from '../units.ts';
import { ackLatencyLimit } from './dllp.ts';
import { type Generation, linkRate, usesFlits, type Width } from './generation.ts';
import { COMPLETION_HEADER_BYTES, DLLP_BYTES, FRAMING_BYTES, requestHeaderBytes } from './wire.ts';

/** What pcie-bench's model asks of a link and of back-to-back transfers of one size over it. */
export interface PcieBenchQuestion {
  readonly generation: Generation;
  readonly width: Width;
  /** Maximum payload of a write and, with `completionChunk` null, of a completion. */
  readonly mps: Bytes;
  /** Largest read request. */
  readonly mrrs: Bytes;
  /** Where completions are cut: the RCB; null: at MPS. */
  readonly completionChunk: Bytes | null;
  /** Double words of a request's header: 3 with 32-bit addresses, 4 with 64-bit ones. */
  readonly headerDoubleWords: 3 | 4;
  /** Whether each TLP ends with a digest of 4 B. */
  readonly ecrc: boolean;
  /** Payload of a transfer; above 0. */
  readonly size: Bytes;
}

/** The model's answer; payload of one direction, unless said. */
export interface PcieBenchRates {
  /** All bytes after line coding. */
  readonly raw: BytesPerSecond;
  /** All bytes of TLPs with their framing: `raw` without Acks, UpdateFCs and SKP. */
  readonly tlp: BytesPerSecond;
  readonly write: BytesPerSecond;
  readonly read: BytesPerSecond;
  /** As many reads as writes at the same time: payload of either. */
  readonly readAndWrite: BytesPerSecond;
  /** Bytes of the read requests, with header and framing, that `read` causes against its completions. */
  readonly readRequests: BytesPerSecond;
  /** `write` and `read` on a link that carries nothing but TLPs. */
  readonly writeAtRaw: BytesPerSecond;
  readonly readAtRaw: BytesPerSecond;
}

const ECRC_BYTES = 4;

/** Share of a flit that the model grants to TLPs and DLLPs; its authors' guess, as all its numbers of generations 6 and 7. */
const FLIT_SHARE = 242 / 256;

/** The model takes for all generations that one SKP ordered set of 4 symbols comes each 1538. */
const SKP_SHARE = 4 / 1538;

function rawRate(generation: Generation, width: Width): number {
  const rate = linkRate(generation, width);
  return usesFlits(generation) ? rate * FLIT_SHARE : rate;
}

/** What Acks, UpdateFCs and SKP leave: as if one byte, not one for each lane, passed in a symbol time. */
function tlpShare({ generation, width, mps }: PcieBenchQuestion): number {
  const limit = ackLatencyLimit(usesFlits(generation) ? 5 : generation, width, mps);
  return 1 - (2 * DLLP_BYTES) / limit - SKP_SHARE;
}

/** Bytes that a transfer puts on the wire as writes, as read requests and as completions; addresses are aligned. */
function wireBytes({ mps, mrrs, completionChunk, headerDoubleWords, ecrc, size }: PcieBenchQuestion) {
  const around = FRAMING_BYTES + (ecrc ? ECRC_BYTES : 0);
  const request = around + requestHeaderBytes(headerDoubleWords);
  const completion = around + COMPLETION_HEADER_BYTES;
  return {
    write: size + Math.ceil(size / mps) * request,
    requests: Math.ceil(size / mrrs) * request,
    completions: size + Math.ceil(size / (completionChunk ?? mps)) * completion,
  };
}

/**
 * The closed forms of pcie-bench's model, to compare with its published output. No ceiling of a link: it counts Acks and
 * UpdateFCs as many times too high as the link has lanes, and treats generations 6 and 7 as if TLPs were framed there; use
 * `dllpBytesPerWireByte` for real links. Its own table of Ack limits has two typing errors that are put right here, both at
 * x32: generation 1 with an MPS of 2048 B (UpdateFC) and generation 2 with 4096 B (Ack). Throws RangeError for a size that
 * is not above 0, and as `ackLatencyLimit` for MPS. Source: Neugebauer et al., Understanding PCIe performance for end host
 * networking, SIGCOMM 2018, section 3, and its program pcie-model; pcie-facts, sections 0.1, 1 and 3.
 */
export function pcieBenchRates(question: PcieBenchQuestion): PcieBenchRates {
  const { generation, width, size } = question;
  if (!(size > 0)) throw noTransfer(size);
  const { write, requests, completions } = wireBytes(question);
  const raw = rawRate(generation, width);
  const tlp = raw * tlpShare(question);
  const read = Math.max(completions, requests);
  return {
    raw: bytesPerSecond(raw),
    tlp: bytesPerSecond(tlp),
    write: bytesPerSecond((tlp * size) / write),
    read: bytesPerSecond((tlp * size) / read),
    readAndWrite: bytesPerSecond((tlp * size) / Math.max(write + requests, completions)),
    readRequests: bytesPerSecond((tlp * requests) / read),
    writeAtRaw: bytesPerSecond((raw * size) / write),
    readAtRaw: bytesPerSecond((raw * size) / read),
  };
}

const noTransfer = (size: number): RangeError =>
  new RangeError(`a transfer of ${size} B; expected more than 0 B; give the payload of one transfer`);
