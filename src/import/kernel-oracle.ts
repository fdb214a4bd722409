import type { CpuPart, EndpointPart, SwitchPart } from '../system/part.ts';
import type { HostBridge, Link, System, SystemNode } from '../system/system.ts';
import { bytes } from '../units.ts';

/** One function as a running kernel lists it; null where there is none, or no capability. */
export type OracleDevice = readonly [
  bdf: string,
  parent: string | null,
  classCode: string,
  id: string,
  portType: string | null,
  acsCapability: number | null,
  acsControl: number | null,
  rootBus: string,
];

/** A line of a file of kernel verdicts: a machine, and what its kernel said of pairs of its functions. */
export interface OracleLine {
  readonly id: string;
  /** Release, such as `7.3.4+deb13-amd64`. */
  readonly kernel: string;
  readonly cpu: readonly [vendor: string, family: number];
  /** By bus: the first function on the kernel's list of it, its id, and its port type as a number. */
  readonly root_buses: Readonly<Record<string, readonly [bdf: string, id: string, portType: number]>>;
  readonly devices: readonly OracleDevice[];
  /** Functions that were asked, in the order of rows (providers) and columns (clients). */
  readonly ends: readonly string[];
  /** A row a provider, a letter a client: B BUS_ADDR, H THRU_HOST_BRIDGE, X NOT_SUPPORTED. */
  readonly verdict: readonly string[];
  /** Null where only the map type was asked. */
  readonly dist: readonly (readonly (number | null)[])[];
  /** In a sequence of lines with the kernel's cache: place in it, and what was asked. */
  readonly step?: number;
  readonly asked?: string;
}

/** Parts for what the lines do not say; the policy reads only the maker and the family of the CPU. */
export interface OracleParts {
  readonly cpu: CpuPart;
  readonly switch: SwitchPart;
  readonly device: EndpointPart;
}

const CPU_VENDORS: Readonly<Record<string, CpuPart['vendor']>> = {
  AuthenticAMD: 'AMD',
  GenuineIntel: 'Intel',
  HygonGenuine: 'Hygon',
};

/** Links are not told, and no verdict depends on them. */
/** What the capture does not say of an endpoint. */
const UNKNOWN = { mps: null, mrrs: null, backing: { gives: null, takes: null }, physicalFunction: null };

const LINK: Link = {
  capability: { generation: 3, width: 16 },
  current: { generation: 3, width: 16 },
  bitErrorRate: 0,
};

const HOST_BRIDGE_CLASS = '0600';
const PCI_BRIDGE_CLASS = '0604';

function nodeOf(
  [id, above, classCode, pciId, portType, capability, control, rootBus]: OracleDevice,
  parts: OracleParts,
): SystemNode {
  const [vendor, device] = pciId.split(':').map((part) => Number.parseInt(part, 16)) as [number, number];
  const acs = capability === null || control === null ? null : { capability, control };
  const common = { id, parent: above ?? rootBus, bdf: id, vendor, device, acs };
  const end = {
    ...common,
    deviceKind: 'other' as const,
    part: parts.device,
    bars: null,
  };
  switch (portType) {
    case 'Root Port':
      return { ...common, kind: 'root_port', externalFacing: false, link: LINK };
    case 'Upstream Port':
      return { ...common, kind: 'switch_up', part: parts.switch, chip: null };
    case 'Downstream Port':
      return { ...common, kind: 'switch_down', link: LINK };
    case 'PCI-Express to PCI/PCI-X Bridge':
      return { ...common, kind: 'pci_bridge' };
  }
  if (portType === null && classCode === PCI_BRIDGE_CLASS) return { ...common, kind: 'pci_bridge' };
  if (above !== null) return { ...end, ...UNKNOWN, kind: 'endpoint' };
  return classCode === HOST_BRIDGE_CLASS
    ? { ...common, kind: 'host_bridge_device' }
    : { ...end, kind: 'rciep' };
}

/** Root buses in the order of the line; functions on each in the kernel's order, of which only the first is told. */
function hostBridges({ root_buses: buses, devices }: OracleLine): readonly HostBridge[] {
  return Object.entries(buses).map(([bus, [first]]) => {
    const others = devices.filter(
      ([id, above, , , , , , root]) => above === null && root === bus && id !== first,
    );
    return {
      id: bus,
      socket: 's0',
      domain: Number.parseInt(bus.split(':')[0] as string, 16),
      quadrant: null,
      busOffset: 0,
      rootBus: [first, ...others.map(([id]) => id)],
    };
  });
}

/** The machine of a line; ids of functions are their addresses, those of host bridges their buses. */
export function oracleSystem(line: OracleLine, parts: OracleParts): System {
  const [vendor, family] = line.cpu;
  const cpu: CpuPart = { ...parts.cpu, vendor: CPU_VENDORS[vendor] ?? 'unknown', family, arch: 'x86' };
  return {
    name: line.id,
    about: 'a machine that a running kernel was asked about',
    kernel: profileOf(line),
    iommu: { mode: 'off', pageBytes: bytes(4096) },
    sockets: [{ id: 's0', part: cpu }],
    socketLinks: [],
    hostBridges: hostBridges(line),
    nodes: Object.fromEntries(line.devices.map((device) => [device[0], nodeOf(device, parts)])),
  };
}

/** Name of the kernel profile for a release: `linux-7.3` for 7.3.4. */
export const profileOf = ({ kernel }: OracleLine): string =>
  `linux-${kernel.split('.').slice(0, 2).join('.')}`;
