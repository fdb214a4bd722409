import type { TlpClass } from '../pcie/tlp-class.ts';
import type { Bytes, BytesPerSecond, Picoseconds } from '../units.ts';

/** How a number of a part came about. */
export type NumberKind = 'stated' | 'measured' | 'inferred' | 'assumed';

/**
 * One number of a part with its origin; `path` is its place in the part's file, `text` the value as written there. A free
 * number names the rows of published measurements that it was fixed from, such as `asus-esc8000a-e13p#001`.
 */
export interface Provenance {
  readonly path: string;
  readonly text: string;
  readonly kind: NumberKind;
  readonly source: string;
  readonly fixedBy: readonly string[];
}

/** Flow-control credits of one class at a receiver; null is infinite. One data credit is 16 B. */
export interface Credits {
  readonly headers: number | null;
  readonly data: number | null;
}

/**
 * What the receiver of TLPs sends back, in DLLPs that cost the reverse direction: nothing; a number of 8 B per TLP; a time per
 * TLP, whatever the link's rate, as where a DLLP takes a place of a datapath that slower links leave idle; or one Ack and one
 * UpdateFC per Ack latency limit (the specification's slowest rate).
 */
export type DllpPolicy =
  | { readonly kind: 'none' }
  | { readonly kind: 'per-tlp'; readonly count: number }
  | { readonly kind: 'time-per-tlp'; readonly time: Picoseconds }
  | { readonly kind: 'specification-limit' };

/** When a receiver announces freed credits: at once, once per Ack latency limit, or at multiples of a period. */
export type UpdatePolicy =
  | { readonly kind: 'at-once' }
  | { readonly kind: 'specification-limit' }
  | { readonly kind: 'period'; readonly period: Picoseconds };

/** Numbers of a PCIe port: its sending half (`skp`, `replayBuffer`) and its receiving half (the rest). */
export interface PortNumbers {
  /** Share of the link's bytes taken by SKP ordered sets. */
  readonly skp: number;
  /** Way through this end's PHY and link layer; a link's flight time is the sum of both ends'. */
  readonly phyLatency: Picoseconds;
  readonly dllp: DllpPolicy;
  /** Factor of scaled flow control, by which more credits can be outstanding; 1: not scaled. */
  readonly flowControlScale: 1 | 4 | 16;
  readonly credits: Readonly<Record<TlpClass, Credits>>;
  /** Between the freeing of a buffer and the sending of its UpdateFC. */
  readonly updateLatency: Picoseconds;
  readonly updateFc: UpdatePolicy;
  /** Bytes on the wire that may lack their Ack; null is unlimited. */
  readonly replayBuffer: Bytes | null;
}

interface PartBase {
  /** Name by folder, such as `switch/microchip/pm50100`. */
  readonly name: string;
  readonly about: string;
  /** Texts by which published descriptions of machines name the part. */
  readonly models: readonly string[];
  readonly provenance: readonly Provenance[];
  readonly port: PortNumbers;
}

export interface SwitchPart extends PartBase {
  readonly kind: 'switch';
  /** From the head's arrival to the earliest departure of the head. */
  readonly latency: Picoseconds;
  readonly forwarding: 'cut-through' | 'store-and-forward';
  /** How many times its link's rate an ingress buffer can be read at; null: as many heads at once as can go. */
  readonly ingressSpeedup: number | null;
  /** One queue for each class of an ingress port, or one for each class and egress port. */
  readonly queues: 'in-order' | 'virtual-output';
  readonly order: OrderScope;
  /** Memory that all ingress ports of the chip share, beyond what each advertises for itself; null: none. */
  readonly sharedBuffer: Bytes | null;
  /** TLPs that a queue of the upstream port, or of a downstream port, may send in its turn; round robin where both are 1. */
  readonly weights: { readonly upstream: number; readonly downstream: number };
}

/**
 * How far the ordering rules reach: over all TLPs that came in by one port, or only over those of them that leave by the same
 * port.
 */
export type OrderScope = 'ingress' | 'egress';

/** A serial channel inside a root complex, for one direction of data (writes or reads). */
export interface ScopeChannel {
  /** Payload rate; null is unlimited. */
  readonly rate: BytesPerSecond | null;
  readonly latency: Picoseconds;
  /** TLPs of each class that fit behind the channel; null is unlimited. */
  readonly slots: Readonly<Record<TlpClass, number | null>>;
}

/**
 * Writes use `write`; read requests and completions use `read`. With `carries: writes` a peer's reads end in the root complex
 * as unsupported requests.
 */
export interface Scope {
  readonly write: ScopeChannel;
  readonly read: ScopeChannel;
  readonly carries: 'all' | 'writes';
}

/** The IOMMU at each root port: IOTLB entries, replaced the least recently used first, and page walks at a time. */
export interface IommuNumbers {
  readonly entries: number;
  readonly hitLatency: Picoseconds;
  readonly walkLatency: Picoseconds;
  readonly walks: number;
}

/** What the kernel spends on this CPU. */
export interface KernelNumbers {
  /** From the end of a transfer to the driver that acts on it. */
  readonly interruptLatency: Picoseconds;
  /** To give a range of memory an IOVA, and to take it out of page tables and IOTLBs again. */
  readonly mapLatency: Picoseconds;
  readonly unmapLatency: Picoseconds;
}

/** Continuations of a TLP that has reached the root complex, each with channels of its own. */
export type ScopeName =
  | 'same_root_port'
  | 'same_host_bridge'
  | 'other_host_bridge'
  | 'other_socket'
  | 'socket_link'
  | 'soc_agent'
  | 'remote_memory'
  | 'memory';

export interface CpuPart extends PartBase {
  readonly kind: 'cpu';
  readonly vendor: 'AMD' | 'Intel' | 'Hygon' | 'ARM' | 'IBM' | 'unknown';
  /** x86 family as the kernel prints it (Zen is 0x17 and later); 0 elsewhere. */
  readonly family: number;
  readonly arch: 'x86' | 'arm64' | 'ppc64';
  /** Microarchitectures that it stands for where a description names no model, such as `zen5`. */
  readonly families: readonly string[];
  /** Per source root port: all but socket_link (per direction of a pair of sockets) and memory (per quadrant). */
  readonly scopes: Readonly<Record<ScopeName, Scope>>;
  readonly order: OrderScope;
  /** Boundary at which TLPs between peers are cut again; null: they stay whole. */
  readonly recut: Bytes | null;
  /** Whether a forwarded request keeps its requester id, or gets the root complex's. */
  readonly requesterId: 'kept' | 'replaced';
  /** Least time between the starts of two posted writes of one root port that leave by different root ports; 0: none. */
  readonly destinationChange: Picoseconds;
  readonly iommu: IommuNumbers;
  readonly kernel: KernelNumbers;
  /** From the arrival of a read at memory to its first completion: from DRAM, and from the last-level cache. */
  readonly memoryLatency: Picoseconds;
  readonly cacheLatency: Picoseconds;
  /** Read completion boundary of the root ports. */
  readonly rcb: Bytes;
  readonly completionChunk: Bytes;
  /** Requests of up to so many bytes are answered by completions of one RCB each; null: no request is. */
  readonly shortReads: Bytes | null;
}

/** The DMA engine of an endpoint. */
export interface DmaNumbers {
  /** Largest payload of a posted write that the engine makes; MPS caps it. */
  readonly writeChunk: Bytes;
  /** Double words of the header of its memory requests: 3 (32-bit address) or 4. */
  readonly headerDoubleWords: 3 | 4;
  readonly mps: Bytes;
  readonly mrrs: Bytes;
  readonly tags: number;
  /** Bytes of reads that may be under way; null is unlimited. */
  readonly outstandingBytes: Bytes | null;
  /** Least time between the starts of two requests. */
  readonly issueGap: Picoseconds;
  /** Least time between the starts of two posted writes. */
  readonly writeGap: Picoseconds;
  /** From the end of the last write of a copy's turn to the start of the next turn's first. */
  readonly writeSetup: Picoseconds;
  /** From the arrival of a read copy's last data to its end, in which it holds no tag: a latency, and its bytes at a rate (null: at once). */
  readonly landing: { readonly latency: Picoseconds; readonly rate: BytesPerSecond | null };
  /** Copies that the engine works on at the same time; null is unlimited. */
  readonly copiesInFlight: number | null;
  /** Bytes of one copy before the engine turns to the next copy in flight. */
  readonly granularity: Bytes;
  /** Which waiting copy comes next: by turns, or drawn from the engine's seeded stream. */
  readonly order: 'round-robin' | 'random';
}

export interface CompleterNumbers {
  /** From the arrival of a read's tail to its first completion. */
  readonly latency: Picoseconds;
  /** Largest payload of a completion; MPS caps it. */
  readonly completionChunk: Bytes;
}

/** The cache of translations of a device with ATS. */
export interface AtsNumbers {
  /** Translations that it holds, replaced the least recently used first; null: the device has no ATS. */
  readonly entries: number | null;
}

/** A device's own table of the memory that it may reach, such as a NIC's of memory keys or a GPU's page table. */
export interface TableNumbers {
  /** From an access that finds no entry to the driver that mends it. */
  readonly faultLatency: Picoseconds;
  /** From the driver's command to an entry that is there, and to one that is gone. */
  readonly fillLatency: Picoseconds;
  readonly zapLatency: Picoseconds;
}

export interface EndpointPart extends PartBase {
  readonly kind: 'gpu' | 'nic' | 'nvme' | 'cxl' | 'fpga' | 'other';
  readonly ats: AtsNumbers;
  readonly table: TableNumbers;
  readonly dma: DmaNumbers;
  readonly completer: CompleterNumbers;
}

export type Part = CpuPart | SwitchPart | EndpointPart;
