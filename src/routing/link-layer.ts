import { ackLatencyLimitTime, dllpBytesPerWireByte, replayTimeout } from '../pcie/dllp.ts';
import { FLIT_BYTES, FLIT_TLP_BYTES, flitTime } from '../pcie/flit.ts';
import { linkRate, usesFlits } from '../pcie/generation.ts';
import { DLLP_BYTES, FRAMING_BYTES } from '../pcie/wire.ts';
import type { DllpPolicy, PortNumbers, UpdatePolicy } from '../system/part.ts';
import type { Link, LinkSpeed } from '../system/system.ts';
import { type Bytes, bytesPerSecond, type Picoseconds, picoseconds } from '../units.ts';
import type { Carrier, Channel, Replay } from './channel.ts';

/** What the data link layer makes of a direction of a link. */
type LinkLayer = Pick<Channel, 'carrier' | 'updatePeriod' | 'replay'>;

interface Ends {
  readonly sender: PortNumbers;
  readonly receiver: PortNumbers;
  readonly flight: Picoseconds;
  /** Largest payload on the link, for which the Ack latency limit is taken. */
  readonly mps: Bytes;
}

/**
 * Flits until a sender in flit mode sends again what was neither acknowledged nor refused; assumed, as the number is not public.
 */
const REPLAY_TIMEOUT_FLITS = 1500;

/** The rate, framing, update period and replays of one direction of a link at its current speed. */
export function linkLayer(link: Link, ends: Ends): LinkLayer {
  return usesFlits(link.current.generation) ? flitLayer(link, ends) : tlpLayer(link, ends);
}

function tlpLayer({ current, bitErrorRate }: Link, { sender, receiver, flight, mps }: Ends): LinkLayer {
  const { generation, width } = current;
  const rate = linkRate(generation, width);
  const limit = ackLatencyLimitTime(generation, width, mps);
  const roundTrip = 2 * flight + Math.round((DLLP_BYTES * 1e12) / rate);
  const ackDelay = receiver.dllp.kind === 'specification-limit' ? limit : 0;
  const carrier: Carrier = {
    kind: 'link',
    rate,
    framing: FRAMING_BYTES,
    flitTime: picoseconds(0),
    skp: sender.skp,
    dllpBytes: dllpBytes(receiver.dllp, current, mps),
  };
  const replay: Replay = {
    bitErrorRate,
    nakReturn: picoseconds(roundTrip),
    timeout: replayTimeout(generation, width, mps),
    buffer: sender.replayBuffer,
    ackReturn: picoseconds(roundTrip + ackDelay),
  };
  return { carrier, updatePeriod: periodOf(receiver.updateFc, limit), replay };
}

/** In flit mode Acks, Naks and UpdateFCs ride in every flit: they cost nothing and are never later than the next one. */
function flitLayer({ current, bitErrorRate }: Link, { sender, receiver, flight }: Ends): LinkLayer {
  const { generation, width } = current;
  const flit = flitTime(generation, width);
  const roundTrip = picoseconds(2 * flight + flit);
  const carrier: Carrier = {
    kind: 'link',
    rate: bytesPerSecond((linkRate(generation, width) * FLIT_TLP_BYTES) / FLIT_BYTES),
    framing: 0,
    flitTime: flit,
    skp: sender.skp,
    dllpBytes: { perTlp: 0, perWireByte: 0 },
  };
  const replay: Replay = {
    bitErrorRate,
    nakReturn: roundTrip,
    timeout: picoseconds(REPLAY_TIMEOUT_FLITS * flit),
    buffer: sender.replayBuffer,
    ackReturn: roundTrip,
  };
  return { carrier, updatePeriod: periodOf(receiver.updateFc, flit), replay };
}

function dllpBytes(
  policy: DllpPolicy,
  { generation, width }: LinkSpeed,
  mps: Bytes,
): { perTlp: number; perWireByte: number } {
  switch (policy.kind) {
    case 'none':
      return { perTlp: 0, perWireByte: 0 };
    case 'per-tlp':
      return { perTlp: policy.count * DLLP_BYTES, perWireByte: 0 };
    case 'time-per-tlp':
      return { perTlp: (policy.time * linkRate(generation, width)) / 1e12, perWireByte: 0 };
    case 'specification-limit':
      return { perTlp: 0, perWireByte: perTlpByte(dllpBytesPerWireByte(generation, width, mps)) };
  }
}

/** The limit is one of time, in which the link carries its own DLLPs besides: per byte of TLPs it is a little more. */
const perTlpByte = (perLinkByte: number): number => perLinkByte / (1 - perLinkByte);

function periodOf(policy: UpdatePolicy, limit: Picoseconds): Picoseconds {
  switch (policy.kind) {
    case 'at-once':
      return picoseconds(0);
    case 'specification-limit':
      return limit;
    case 'period':
      return policy.period;
  }
}
