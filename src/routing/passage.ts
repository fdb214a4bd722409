import type { Channel } from './channel.ts';
import { occupancy, type TlpBytes } from './occupancy.ts';

/** A TLP on one channel, alone in the machine; ps from its start on the first. */
export interface Stage {
  readonly start: number;
  readonly end: number;
  /** When it lets go of its place in the buffer at the far end. */
  readonly release: number;
}

export interface Passage {
  readonly stages: readonly Stage[];
  /** When its tail is at the end of the way. */
  readonly arrival: number;
}

/**
 * The way of one TLP without queueing: a port behind a channel lets the head go on after its latency, and never so early that
 * the tail would not be there in time; where it stores and forwards, after the tail. No TLP is faster, and the times between
 * its stages are the least that any TLP of its size takes. Source: DESIGN, section 3 (cut-through).
 */
export function passage(channels: readonly Channel[], tlp: TlpBytes): Passage {
  const stages: Stage[] = [];
  let start = 0;
  let arrival = 0;
  for (const [i, channel] of channels.entries()) {
    const end = start + occupancy(channel, tlp);
    const next = channels[i + 1];
    arrival = end + channel.flight;
    const onward = next ? onwardStart(channel, start, end, overlap(next, tlp)) : 0;
    stages.push({ start, end, release: next ? onward + occupancy(next, tlp) : arrival });
    start = onward;
  }
  return { stages, arrival };
}

/** How long before a TLP's tail its transmission may start: channels inside a root complex take whole TLPs. */
const overlap = (channel: Channel, tlp: TlpBytes): number =>
  channel.carrier.kind === 'scope' ? 0 : occupancy(channel, tlp);

function onwardStart(channel: Channel, start: number, end: number, next: number): number {
  const { flight, latency, storeAndForward } = channel;
  const afterTail = end + flight + latency;
  return storeAndForward ? afterTail : Math.max(start + flight + latency, afterTail - next);
}
