import type { TlpClass } from '../pcie/tlp-class.ts';
import type { Replay } from '../routing/channel.ts';
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
  /** Bytes around each TLP on the wire: framing and LCRC; 0 in flit mode and inside a root complex. */
  readonly framing: number;
  /** Time that one byte on the wire, or one byte of payload, occupies the channel. */
  readonly psPerWireByte: number;
  readonly psPerPayloadByte: number;
  readonly flight: Picoseconds;
  /** Time of a flit, at whose end arrive the TLPs that end in it; 0 without flits. */
  readonly flitTime: Picoseconds;
  /** A TLP that wants this channel is cut before it at the multiples of so many bytes; 0: none is. */
  readonly recut: number;
  readonly replay: Replay;
  /** Ingress port at the far end, and what it advertises. */
  readonly port: number;
  readonly credits: Readonly<Record<TlpClass, Credits>>;
  /** From the freeing of a buffer at the far end to the credit's arrival here. */
  readonly creditReturn: Picoseconds;
  /** UpdateFCs leave the far end at whole multiples of it; 0: at once. */
  readonly updatePeriod: Picoseconds;
  /** Number of the buffer that the far end shares with other ports, beyond its credits; -1: none. */
  readonly sharedBuffer: number;
  /** Output on which the far end sends its DLLPs; -1: none is charged. */
  readonly reverse: number;
  readonly dllpBytesPerTlp: number;
  readonly dllpBytesPerWireByte: number;
}

/** An IOMMU at a root port: IOTLB entries, replaced the least recently used first, and page walks at a time. */
export interface TranslationPlan {
  readonly entries: number;
  readonly hitLatency: Picoseconds;
  readonly walkLatency: Picoseconds;
  readonly walks: number;
}

/**
 * Which older posted writes of a port hold back what must not pass them: none, those for the same output, or all of the
 * port.
 */
export type PortOrder = 'none' | 'egress' | 'ingress';

/** Where TLPs wait for an output: an ingress buffer of a switch or root complex, or a queue inside an endpoint. */
export interface PortPlan {
  readonly id: string;
  /** From the arrival of the head (of the tail, if it stores and forwards) to the earliest departure. */
  readonly latency: Picoseconds;
  readonly storeAndForward: boolean;
  /** Time per wire byte at which the buffer can be read; 0: as many heads at once as can go. */
  readonly readPsPerByte: number;
  /** Bytes around each TLP in the buffer. */
  readonly framing: number;
  readonly order: PortOrder;
  /** A queue for each class and output, where order allows; else one for each class. */
  readonly virtualOutputs: boolean;
  /** TLPs that a queue of the port may send in its turn. */
  readonly weight: number;
  /** Least time between the starts of two posted writes that leave by different root ports; 0: none. */
  readonly destinationChange: Picoseconds;
  readonly translation: TranslationPlan | null;
}

/**
 * The numbers of one endpoint's places: its output, its DMA engine's queue, its completer's queue, where TLPs end, and the
 * queue of its Translation Requests. -1: it has none.
 */
export interface EndpointPlan {
  readonly id: string;
  readonly output: number;
  readonly dmaPort: number;
  readonly completerPort: number;
  readonly sinkPort: number;
  readonly atsPort: number;
}

/** A machine as the fabric runs it: plain data, from which the fast engine and the plain reference form both build. */
export interface FabricPlan {
  readonly outputs: readonly OutputPlan[];
  readonly ports: readonly PortPlan[];
  readonly endpoints: readonly EndpointPlan[];
  /** Sizes of the shared buffers, in blocks of 16 B; a TLP takes one for its header and one for each data credit. */
  readonly sharedBuffers: readonly number[];
}
