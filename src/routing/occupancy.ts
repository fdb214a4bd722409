import type { Channel } from './channel.ts';

/** A TLP's bytes: header and payload, and those of its payload alone. */
export interface TlpBytes {
  readonly bytes: number;
  readonly payload: number;
}

function exactOccupancy({ carrier }: Channel, { bytes, payload }: TlpBytes): number {
  switch (carrier.kind) {
    case 'link':
      return (bytes + carrier.framing) * (1e12 / (carrier.rate * (1 - carrier.skp)));
    case 'scope':
      return carrier.rate === null ? 0 : payload * (1e12 / carrier.rate);
  }
}

/**
 * Time in ps for which a TLP occupies a channel, rounded once to a whole one as the simulation does: a bound from finer times
 * could be below what is simulated, by up to 0.04 %. Source: DESIGN, section 4 (time).
 */
export const occupancy = (channel: Channel, tlp: TlpBytes): number =>
  Math.round(exactOccupancy(channel, tlp));
