import { bytes, bytesPerSecond, picoseconds } from '../../src/units.ts';
import type { TlpClass } from '../../src/pcie/tlp-class.ts';
import type {
  CpuPart,
  Credits,
  EndpointPart,
  PortNumbers,
  Scope,
  ScopeChannel,
  SwitchPart,
} from '../../src/system/part.ts';
import type { Acs, Link, System, SystemNode } from '../../src/system/system.ts';

/** A node of a topology in `test/fixtures/p2p-policy.json`; the file's schema says what the fields mean. */
export interface VectorNode {
  readonly id: string;
  readonly bdf: string;
  readonly kind: string;
  readonly parent: string;
  readonly vendor: number;
  readonly device: number;
  readonly acs: { readonly cap: number; readonly ctrl: number } | null;
  readonly physfn?: string;
  /** Not in the vectors: makes a switch a virtual switch of a chip. */
  readonly chip?: string;
}

export interface VectorTopology {
  readonly name: string;
  readonly cpu: { readonly vendor: string; readonly family: number; readonly arch: string };
  readonly iommu: string;
  readonly note?: string;
  readonly hostBridges: readonly {
    readonly id: string;
    readonly domain: number;
    readonly socket: number;
    readonly rootBusOrder: readonly string[];
  }[];
  readonly nodes: readonly VectorNode[];
}

const credits = (headers: number | null, data: number | null): Credits => ({ headers, data });
const PLENTY: Readonly<Record<TlpClass, Credits>> = {
  posted: credits(127, 2032),
  nonposted: credits(127, null),
  completion: credits(null, null),
};

/** Numbers of a port in tests: SKP of Gen5 (1/376), 10 ns of PHY, no DLLPs. */
export const TEST_PORT: PortNumbers = {
  skp: 1 / 376,
  phyLatency: picoseconds(10_000),
  dllp: { kind: 'none' },
  flowControlScale: 1,
  credits: PLENTY,
  updateLatency: picoseconds(0),
  updateFc: { kind: 'at-once' },
  replayBuffer: null,
};

const base = { about: 'a part for tests', models: [], provenance: [], port: TEST_PORT } as const;

export const testSwitch = (changes: Partial<SwitchPart> = {}): SwitchPart => ({
  ...base,
  kind: 'switch',
  name: 'switch/test',
  latency: picoseconds(115_000),
  forwarding: 'cut-through',
  ingressSpeedup: null,
  queues: 'in-order',
  order: 'ingress',
  sharedBuffer: null,
  weights: { upstream: 1, downstream: 1 },
  ...changes,
});

const channel: ScopeChannel = {
  rate: null,
  latency: picoseconds(195_000),
  slots: { posted: null, nonposted: null, completion: null },
};

/** A scope whose two channels are the same: unlimited and 195 ns unless changed. */
export const testScope = (changes: Partial<ScopeChannel> = {}): Scope => ({
  write: { ...channel, ...changes },
  read: { ...channel, ...changes },
  carries: 'all',
});

export const testCpu = (changes: Partial<CpuPart> = {}): CpuPart => ({
  ...base,
  kind: 'cpu',
  name: 'cpu/test',
  vendor: 'AMD',
  family: 0x19,
  arch: 'x86',
  families: [],
  scopes: {
    same_root_port: testScope(),
    same_host_bridge: testScope(),
    other_host_bridge: testScope(),
    other_socket: testScope(),
    socket_link: testScope({ latency: picoseconds(100_000) }),
    soc_agent: testScope(),
    remote_memory: testScope(),
    memory: testScope(),
  },
  order: 'ingress',
  recut: null,
  requesterId: 'kept',
  destinationChange: picoseconds(0),
  iommu: { entries: 64, hitLatency: picoseconds(0), walkLatency: picoseconds(280_000), walks: 6 },
  kernel: {
    interruptLatency: picoseconds(2_000_000),
    mapLatency: picoseconds(1_000_000),
    unmapLatency: picoseconds(1_000_000),
  },
  memoryLatency: picoseconds(100_000),
  cacheLatency: picoseconds(40_000),
  rcb: bytes(64),
  completionChunk: bytes(256),
  shortReads: null,
  ...changes,
});

export const testEndpoint = (changes: Partial<EndpointPart> = {}): EndpointPart => ({
  ...base,
  kind: 'gpu',
  name: 'gpu/test',
  dma: {
    writeChunk: bytes(256),
    headerDoubleWords: 4,
    mps: bytes(256),
    mrrs: bytes(512),
    tags: 768,
    outstandingBytes: null,
    issueGap: picoseconds(0),
    writeGap: picoseconds(0),
    writeSetup: picoseconds(0),
    landing: { latency: picoseconds(0), rate: null },
    copiesInFlight: null,
    granularity: bytes(4096),
    order: 'round-robin',
  },
  ats: { entries: null },
  table: {
    faultLatency: picoseconds(100_000_000),
    fillLatency: picoseconds(5_000_000),
    zapLatency: picoseconds(5_000_000),
  },
  completer: { latency: picoseconds(400_000), completionChunk: bytes(256) },
  ...changes,
});

export const testRate = (gigabytes: number) => bytesPerSecond(gigabytes * 1e9);

const GEN5: Link = {
  capability: { generation: 5, width: 16 },
  current: { generation: 5, width: 16 },
  bitErrorRate: 0,
};

const acsOf = (node: VectorNode): Acs | null =>
  node.acs && { capability: node.acs.cap, control: node.acs.ctrl };

function endpointOf(node: VectorNode, common: object): SystemNode {
  const shared = { ...common, deviceKind: 'gpu', part: testEndpoint(), bars: null };
  return (
    node.kind === 'rciep'
      ? { ...shared, kind: 'rciep' }
      : { ...shared, kind: 'endpoint', mps: null, mrrs: null, physicalFunction: node.physfn ?? null }
  ) as SystemNode;
}

function nodeOf(node: VectorNode): SystemNode {
  const { id, parent, bdf, vendor, device } = node;
  const common = { id, parent, bdf, vendor, device, acs: acsOf(node) };
  switch (node.kind) {
    case 'root_port':
      return { ...common, kind: 'root_port', externalFacing: false, link: GEN5 };
    case 'switch_down':
      return { ...common, kind: 'switch_down', link: GEN5 };
    case 'switch_up':
      return { ...common, kind: 'switch_up', part: testSwitch(), chip: node.chip ?? null };
    case 'pcie_pci_bridge':
      return { ...common, kind: 'pci_bridge' };
    case 'rciep':
      return node.id.startsWith('hbdev')
        ? { ...common, kind: 'host_bridge_device' }
        : endpointOf(node, common);
    default:
      return endpointOf(node, common);
  }
}

/**
 * A topology of the vectors as a System with parts of plain numbers. The vectors call the function that identifies a host
 * bridge an RCiEP; its ids begin with `hbdev`, and here it is a `host_bridge_device`.
 */
export function vectorSystem(topology: VectorTopology): System {
  const part = testCpu(topology.cpu as Partial<CpuPart>);
  const sockets = [...new Set(topology.hostBridges.map((bridge) => bridge.socket))].sort();
  return {
    name: topology.name,
    about: topology.note ?? '',
    kernel: null,
    iommu: { mode: topology.iommu as System['iommu']['mode'], pageBytes: bytes(4096) },
    sockets: sockets.map((socket) => ({ id: `s${socket}`, part })),
    socketLinks: sockets.slice(1).map((socket) => ({ between: ['s0', `s${socket}`], kind: 'unknown' })),
    hostBridges: topology.hostBridges.map((bridge) => ({
      id: bridge.id,
      socket: `s${bridge.socket}`,
      domain: bridge.domain,
      quadrant: null,
      busOffset: 0,
      rootBus: bridge.rootBusOrder,
    })),
    nodes: Object.fromEntries(topology.nodes.map((node) => [node.id, nodeOf(node)])),
  };
}
