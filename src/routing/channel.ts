import type { TlpClass } from '../pcie/tlp-class.ts';
import type { Credits } from '../system/part.ts';
import type { BytesPerSecond, Picoseconds } from '../units.ts';

/** What carries TLPs: one direction of a link, or a serial channel inside a root complex, which counts payload alone. */
export type Carrier =
  | {
      readonly kind: 'link';
      /** For TLPs with their framing: after line coding and the overhead of flits, before SKP. */
      readonly rate: BytesPerSecond;
      /** Bytes around each TLP; 0 in flit mode. */
      readonly framing: number;
      /** Time of a flit; 0 without. */
      readonly flitTime: Picoseconds;
      /** Share of the rate that SKP ordered sets take. */
      readonly skp: number;
      /** DLLP bytes that the receiver sends back, on the opposite channel, for each TLP and for each byte on the wire. */
      readonly dllpBytes: { readonly perTlp: number; readonly perWireByte: number };
    }
  | {
      readonly kind: 'scope';
      /** Null is unlimited. */
      readonly rate: BytesPerSecond | null;
      /** TLPs are cut before it at the multiples of so many bytes; 0: none is. */
      readonly recut: number;
    };

/** What the link layer does against bit errors. A replay starts a time after the end of the bad transmission. */
export interface Replay {
  readonly bitErrorRate: number;
  /** Until the Nak has come back, or, where the Nak is lost, the replay timer expires. */
  readonly nakReturn: Picoseconds;
  readonly timeout: Picoseconds;
  /** Bytes on the wire that may lack their Ack, and from the end of a good transmission until it comes; null: no limit. */
  readonly buffer: number | null;
  readonly ackReturn: Picoseconds;
}

export interface SharedBuffer {
  readonly chip: string;
  readonly size: number;
}

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
  /** UpdateFCs leave the far end at whole multiples of it; 0: at once. */
  readonly updatePeriod: Picoseconds;
  /** Buffer that the far end shares with other ports of its chip, beyond these credits, and its size in bytes; null: none. */
  readonly sharedBuffer: SharedBuffer | null;
  readonly replay: Replay;
  /** From the head's arrival (the tail's, where it stores and forwards) at the far end to the earliest departure. */
  readonly latency: Picoseconds;
  readonly storeAndForward: boolean;
}
