import type { Channel } from './channel.ts';
import { occupancy, type TlpBytes } from './occupancy.ts';
import type { TlpCount } from './transfer-shape.ts';

/** A TLP on one channel, alone in the machine; ps from its start on the first. */
export interface Stage {
  readonly start: number;
  readonly end: number;
  /** When it lets go of its place in the buffer at the far end. */
  readonly release: number;
}

export interface Passage {
  /** By channel of the way; none on those that a TLP passes as something else: before it was cut, or afterwards. */
  readonly stages: readonly (Stage | undefined)[];
  /** When its tail, or that of its first piece, is at the end of the way at the earliest. */
  readonly arrival: number;
}

/** TLPs of one size, and the channels that they pass. */
export interface Passing {
  readonly tlp: TlpCount;
  readonly passage: Passage;
}

/**
 * The way of TLPs of one size without queueing: a port behind a channel lets the head go on after its latency, and never so
 * early that the tail would not be there in time; where it stores and forwards, after the tail. No TLP is faster, and the times
 * between its stages are the least that any TLP of its size takes. Where it is cut, its pieces go on as TLPs of their own.
 * Source: DESIGN, section 3 (cut-through; a root complex).
 */
export function passings(channels: readonly Channel[], tlp: TlpCount): readonly Passing[] {
  return walk(channels, tlp, { place: 0, start: 0 });
}

interface Begin {
  readonly place: number;
  readonly start: number;
}

function walk(channels: readonly Channel[], tlp: TlpCount, { place, start }: Begin): readonly Passing[] {
  const stages: (Stage | undefined)[] = Array.from({ length: place });
  let at = start;
  for (let i = place; i < channels.length; i++) {
    const channel = channels[i] as Channel;
    const next = channels[i + 1];
    const end = at + occupancy(channel, tlp);
    if (!next) {
      const arrival = end + channel.flight;
      return [{ tlp, passage: { stages: [...stages, { start: at, end, release: arrival }], arrival } }];
    }
    const boundary = recutBefore(next);
    const isCut = boundary > 0 && tlp.payload > boundary;
    const onward = onwardStart(channel, at, end, isCut ? 0 : overlap(next, tlp));
    if (isCut) {
      const pieces = piecesOf(tlp, boundary).flatMap((piece) =>
        walk(channels, piece, { place: i + 1, start: onward }),
      );
      const arrival = Math.min(...pieces.map(({ passage }) => passage.arrival));
      const release =
        onward + pieces.reduce((sum, piece) => sum + share(piece.tlp, tlp) * occupancy(next, piece.tlp), 0);
      return [{ tlp, passage: { stages: [...stages, { start: at, end, release }], arrival } }, ...pieces];
    }
    stages.push({ start: at, end, release: onward + occupancy(next, tlp) });
    at = onward;
  }
  throw new RangeError('a way without channels');
}

const recutBefore = ({ carrier }: Channel): number => (carrier.kind === 'scope' ? carrier.recut : 0);

/** Pieces of a size for each TLP. */
const share = (piece: TlpCount, tlp: TlpCount): number => piece.count / tlp.count;

/** The pieces of TLPs that begin at a multiple of the boundary. */
function piecesOf({ count, bytes, payload }: TlpCount, boundary: number): readonly TlpCount[] {
  const header = bytes - payload;
  const whole = Math.floor(payload / boundary);
  const rest = payload - whole * boundary;
  const pieces = (size: number, each: number) => ({
    count: count * each,
    bytes: header + size,
    payload: size,
  });
  return [pieces(boundary, whole), ...(rest > 0 ? [pieces(rest, 1)] : [])];
}

/** How long before a TLP's tail its transmission may start: channels inside a root complex take whole TLPs. */
const overlap = (channel: Channel, tlp: TlpBytes): number =>
  channel.carrier.kind === 'scope' ? 0 : occupancy(channel, tlp);

function onwardStart(channel: Channel, start: number, end: number, next: number): number {
  const { flight, latency, storeAndForward } = channel;
  const afterTail = end + flight + latency;
  return storeAndForward ? afterTail : Math.max(start + flight + latency, afterTail - next);
}
