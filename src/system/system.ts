import type { Generation, Width } from '../pcie/generation.ts';
import type { Bytes, BytesPerSecond } from '../units.ts';
import type { CpuPart, EndpointPart, SwitchPart } from './part.ts';

/** What hangs at an end of the tree. */
export type DeviceKind = 'gpu' | 'nic' | 'nvme' | 'cxl' | 'fpga' | 'other';

/** ACS capability and control register of one function, as in `lspci`'s ACSCap and ACSCtl. */
export interface Acs {
  readonly capability: number;
  readonly control: number;
}

export interface LinkSpeed {
  readonly generation: Generation;
  readonly width: Width;
}

/** The link below a root port or a switch's downstream port; `current` is lower than `capability` where it is degraded. */
export interface Link {
  readonly capability: LinkSpeed;
  readonly current: LinkSpeed;
  /** Probability that a bit which the link carries is bad. */
  readonly bitErrorRate: number;
}

interface Function {
  /** Unique in the system. */
  readonly id: string;
  /** The node above, or the host bridge for what sits on a root bus. */
  readonly parent: string;
  /** `dddd:bb:dd.f`, lower case, where it is known. */
  readonly bdf: string | null;
  readonly vendor: number | null;
  readonly device: number | null;
  readonly acs: Acs | null;
}

export interface RootPort extends Function {
  readonly kind: 'root_port';
  /** It faces the outside, as firmware says of Thunderbolt's: Linux trusts no device below it. */
  readonly externalFacing: boolean;
  readonly link: Link;
}

/** A switch is known by its upstream port. Switches with the same `chip` are virtual switches of one chip. */
export interface SwitchUpstreamPort extends Function {
  readonly kind: 'switch_up';
  readonly part: SwitchPart;
  readonly chip: string | null;
}

export interface SwitchDownstreamPort extends Function {
  readonly kind: 'switch_down';
  readonly link: Link;
}

/** A region of addresses that a function answers to (Base Address Register). */
export interface Bar {
  readonly kind: 'memory' | 'io';
  readonly size: Bytes;
  /** Where the CPU sees it; null where that is not known. Of I/O, its port number. */
  readonly address: number | null;
}

/** A function of a device below a port; several functions of one device share the port as their parent. */
export interface Endpoint extends Function {
  readonly kind: 'endpoint';
  readonly deviceKind: DeviceKind;
  readonly part: EndpointPart;
  /** Maximum payload and maximum read request as configured; null takes the part's. */
  readonly mps: Bytes | null;
  readonly mrrs: Bytes | null;
  /** In the order of the registers; null: not stated, which counts as one memory BAR of unknown size. */
  readonly bars: readonly Bar[] | null;
  /** What its media or its network gives and takes at most; null: no limit is known. Benchmarks heed it, single flows do not. */
  readonly backing: { readonly gives: BytesPerSecond | null; readonly takes: BytesPerSecond | null };
  /** The physical function of an SR-IOV virtual function. */
  readonly physicalFunction: string | null;
}

/** An endpoint integrated into the root complex (RCiEP), such as a DMA accelerator on a root bus. */
export interface IntegratedEndpoint extends Function {
  readonly kind: 'rciep';
  readonly deviceKind: DeviceKind;
  readonly part: EndpointPart;
  /** As for an `Endpoint`. */
  readonly bars: readonly Bar[] | null;
}

/** The function by which Linux knows a host bridge (class 0600); never an end of a transfer. */
export interface HostBridgeDevice extends Function {
  readonly kind: 'host_bridge_device';
}

/** A bridge to conventional PCI, which has neither ACS nor a link of its own below. */
export interface PciBridge extends Function {
  readonly kind: 'pci_bridge';
}

export type SystemNode =
  | RootPort
  | SwitchUpstreamPort
  | SwitchDownstreamPort
  | Endpoint
  | IntegratedEndpoint
  | HostBridgeDevice
  | PciBridge;

export interface HostBridge {
  readonly id: string;
  readonly socket: string;
  /** PCI domain (segment). */
  readonly domain: number;
  /** Host bridges with the same text share a quadrant of the I/O die; null: not known, the host bridge is its own. */
  readonly quadrant: string | null;
  /** A PCI bus address is the CPU's address plus this, which may be negative. */
  readonly busOffset: number;
  /** Functions on the root bus in the kernel's order of discovery; the first identifies the host bridge. */
  readonly rootBus: readonly string[];
}

export interface Socket {
  readonly id: string;
  readonly part: CpuPart;
}

/** A link between two sockets, such as xGMI, UPI or QPI. */
export interface SocketLink {
  readonly between: readonly [string, string];
  readonly kind: string;
}

export type IommuMode = 'off' | 'passthrough' | 'translate';

/** A validated, immutable machine: plain data, which prints, compares and stores as JSON. Node order is tree order. */
export interface System {
  readonly name: string;
  readonly about: string;
  /** Kernel profile named by the file, or null for the newest. */
  readonly kernel: string | null;
  readonly iommu: { readonly mode: IommuMode; readonly pageBytes: Bytes };
  readonly sockets: readonly Socket[];
  readonly socketLinks: readonly SocketLink[];
  readonly hostBridges: readonly HostBridge[];
  readonly nodes: Readonly<Record<string, SystemNode>>;
}
