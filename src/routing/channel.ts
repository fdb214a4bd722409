import type { TlpClass } from '../pcie/tlp-class.ts';
import type { Credits } from '../system/part.ts';
import type { BytesPerSecond, Picoseconds } from '../units.ts';

/** What carries TLPs: one direction of a link, or a serial channel inside a root complex, which counts payload alone. */
export type Carrier =
  | {
      readonly kind: 'link';
      /** After line coding, before SKP. */
      readonly rate: BytesPerSecond;
      /** Share of the rate that SKP ordered sets take. */
      readonly skp: number;
      /** DLLP bytes that the receiver sends back, on the opposite channel, for each TLP and for each byte on the wire. */
      readonly dllpBytes: { readonly perTlp: number; readonly perWireByte: number };
    }
  | {
      readonly kind: 'scope';
      /** Null is unlimited. */
      readonly rate: BytesPerSecond | null;
    };

/**
 * A serial channel on a route with what lies behind it: flight, the port at its far end and the buffer there. These are the
 * numbers by which the fabric simulates it (its outputs and ports), here for the closed forms.
 */
export interface Channel {
  /** What results call it: `link:<port>:up`, `link:<port>:down`, `cap:<scope>:<port>:write`. */
  readonly id: string;
  readonly carrier: Carrier;
  readonly flight: Picoseconds;
  /** Of the buffer at the far end. */
  readonly credits: Readonly<Record<TlpClass, Credits>>;
  /** From the freeing of a place in that buffer to the credit's arrival at the sender. */
  readonly creditReturn: Picoseconds;
  /** From the head's arrival (the tail's, where it stores and forwards) at the far end to the earliest departure. */
  readonly latency: Picoseconds;
  readonly storeAndForward: boolean;
}
