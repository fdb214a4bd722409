import type { TlpClass } from '../pcie/tlp-class.ts';
import type { Credits } from '../system/part.ts';
import type { Picoseconds } from '../units.ts';

/**
 * A serial channel and the output that feeds it: one direction of a link, or a channel of a scope inside a root complex.
 * Its number in the plan is its port number: grants of one instant go in this order.
 */
export interface OutputPlan {
  /** What results call it: `link:sw1.d0:up`, `cap:other_socket:rp10:write`. */
  readonly id: string;
  readonly kind: 'link' | 'scope';
  /** Time that one byte on the wire, or one byte of payload, occupies the channel. */
  readonly psPerWireByte: number;
  readonly psPerPayloadByte: number;
  readonly flight: Picoseconds;
  /** Ingress port at the far end, and what it advertises. */
  readonly port: number;
  readonly credits: Readonly<Record<TlpClass, Credits>>;
  /** From the freeing of a buffer at the far end to the credit's arrival here. */
  readonly creditReturn: Picoseconds;
  /** Output on which the far end sends its DLLPs; -1: none is charged. */
  readonly reverse: number;
  readonly dllpBytesPerTlp: number;
  readonly dllpBytesPerWireByte: number;
}

/** Where TLPs wait for an output: an ingress buffer of a switch or root complex, or a queue inside an endpoint. */
export interface PortPlan {
  readonly id: string;
  /** From the arrival of the head (of the tail, if it stores and forwards) to the earliest departure. */
  readonly latency: Picoseconds;
  readonly storeAndForward: boolean;
  /** Time per wire byte at which the buffer can be read; 0: as many heads at once as can go. */
  readonly readPsPerByte: number;
  /** Non-posted requests and completions stay behind older posted writes. */
  readonly ordered: boolean;
}

/** The numbers of one endpoint's places: its output, its DMA engine's queue, its completer's queue, and where TLPs end. */
export interface EndpointPlan {
  readonly id: string;
  readonly output: number;
  readonly dmaPort: number;
  readonly completerPort: number;
  readonly sinkPort: number;
}

/** A machine as the fabric runs it: plain data, from which the fast engine and the plain reference form both build. */
export interface FabricPlan {
  readonly outputs: readonly OutputPlan[];
  readonly ports: readonly PortPlan[];
  readonly endpoints: readonly EndpointPlan[];
}
