import type { Generation, Width } from '../../src/pcie/generation.ts';
import { parsePart } from '../../src/system/parse-part.ts';
import { parseSystem } from '../../src/system/parse-system.ts';
import type { Part, PortNumbers } from '../../src/system/part.ts';
import type { LinkSpeed, System, SystemNode } from '../../src/system/system.ts';
import { type Numbers, partEntries } from './part-entries.ts';

export type { Numbers } from './part-entries.ts';

export type LinkText = `gen${Generation}x${Width}`;

interface DeviceBelow {
  readonly kind: 'device';
  readonly id: string;
  readonly link: LinkText;
  readonly numbers: Numbers;
}

interface SwitchBelow {
  readonly kind: 'switch';
  readonly id: string;
  readonly link: LinkText;
  readonly numbers: Numbers;
  readonly chip: string | null;
  readonly below: readonly Below[];
}

/** What hangs below a port, with the link that leads to it. */
export type Below = DeviceBelow | SwitchBelow;

const infinite: Numbers = { headers: 'infinite', data: 'infinite' };

/** A port that costs nothing and takes everything. */
const FREE_PORT: Numbers = {
  skp: 0,
  phy_latency: '0 ns',
  dllp: 'none',
  flow_control_scale: 1,
  credits: { posted: infinite, nonposted: infinite, completion: infinite },
  update_latency: '0 ns',
  update_fc: 'at once',
  replay_buffer: 'unlimited',
};

const FREE_DEVICE: Numbers = {
  port: FREE_PORT,
  dma: {
    write_chunk: '256 B',
    header_double_words: 4,
    mps: '256 B',
    mrrs: '512 B',
    tags: 1_000_000,
    outstanding_bytes: 'unlimited',
    issue_gap: '0 ns',
    write_gap: '0 ns',
    write_setup: '0 ns',
    landing: { latency: '0 ns', rate: 'unlimited' },
    copies_in_flight: 'unlimited',
    granularity: '1 GiB',
    order: 'round-robin',
  },
  ats: { entries: 'none' },
  table: { fault_latency: '0 ns', fill_latency: '0 ns', zap_latency: '0 ns' },
  completer: { latency: '0 ns', completion_chunk: '256 B' },
};

const FREE_SWITCH: Numbers = {
  port: FREE_PORT,
  latency: '0 ns',
  forwarding: 'cut-through',
  ingress_speedup: 'unlimited',
  queues: 'in-order',
  order: 'ingress',
  shared_buffer: 'none',
  weights: { upstream: 1, downstream: 1 },
};

const slots: Numbers = { posted: 'unlimited', nonposted: 'unlimited', completion: 'unlimited' };
const channel: Numbers = { rate: 'unlimited', latency: '0 ns', slots };
const scope: Numbers = { write: channel, read: channel, carries: 'all' };

const FREE_CPU: Numbers = {
  port: FREE_PORT,
  family: 0x19,
  order: 'ingress',
  recut: 'none',
  requester_id: 'kept',
  destination_change: '0 ns',
  iommu: { entries: 64, hit_latency: '0 ns', walk_latency: '280 ns', walks: 6 },
  kernel: { interrupt_latency: '0 ns', map_latency: '0 ns', unmap_latency: '0 ns' },
  memory_latency: '0 ns',
  cache_latency: '0 ns',
  rcb: '64 B',
  completion_chunk: '256 B',
  short_reads: 'none',
  scopes: {
    same_root_port: scope,
    same_host_bridge: scope,
    other_host_bridge: scope,
    other_socket: scope,
    socket_link: scope,
    soc_agent: scope,
    remote_memory: scope,
    memory: scope,
  },
};

const isGroup = (entry: Numbers[string] | undefined): entry is Numbers => typeof entry === 'object';

/** The numbers with those of `changes` in place of their own. */
export function changed(numbers: Numbers, changes: Numbers): Numbers {
  const entries = Object.entries(changes).map(([key, change]) => {
    const own = numbers[key];
    return [key, isGroup(own) && isGroup(change) ? changed(own, change) : change] as const;
  });
  return { ...numbers, ...Object.fromEntries(entries) };
}

const SORTS = {
  device: { kind: 'gpu', free: FREE_DEVICE },
  switch: { kind: 'switch', free: FREE_SWITCH },
  cpu: { kind: 'cpu', free: FREE_CPU },
} as const;

/** Parts by their numbers: the many systems of a test are made of few parts, and a part takes longer to read than a system. */
const parsed = new Map<string, Part>();

function partOf(sort: keyof typeof SORTS, changes: Numbers): Part {
  const { kind, free } = SORTS[sort];
  const key = `${sort} ${JSON.stringify(changes)}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const identity = sort === 'cpu' ? { vendor: 'AMD', arch: 'x86' } : {};
  const head = { part: `${kind}/test-${parsed.size}`, kind, about: 'A part of a test.', ...identity };
  const text = JSON.stringify({ ...head, ...partEntries(changed(free, changes)) });
  const part = parsePart(text, `${head.part}.yaml`);
  parsed.set(key, part);
  return part;
}

/** A device of the kind `gpu`; `numbers` are those in which it differs from one that costs nothing. */
export const device = (id: string, link: LinkText, numbers: Numbers = {}): Below => ({
  kind: 'device',
  id,
  link,
  numbers,
});

/** A switch; its downstream ports are `id.d0`, `id.d1` and so on. `numbers` as in `device`. */
export const pcieSwitch = (
  id: string,
  link: LinkText,
  below: readonly Below[],
  { numbers = {}, chip = null }: { readonly numbers?: Numbers; readonly chip?: string | null } = {},
): Below => ({ kind: 'switch', id, link, numbers, chip, below });

function linkEntry(link: LinkText): { gen: number; width: number } {
  const [, gen, width] = /^gen(\d)x(\d+)$/.exec(link) ?? [];
  return { gen: Number(gen), width: Number(width) };
}

function childEntry(below: Below, parts: Map<string, Part>): object {
  const part = partOf(below.kind, below.numbers);
  parts.set(part.name, part);
  if (below.kind === 'device') return { kind: 'gpu', id: below.id, part: part.name };
  const ports = below.below.map((child) => ({
    link: linkEntry(child.link),
    child: childEntry(child, parts),
  }));
  const chip = below.chip === null ? {} : { chip: below.chip };
  return { kind: 'switch', id: below.id, part: part.name, ...chip, ports };
}

export interface SocketSpec {
  readonly cpu?: Numbers;
  /** One root port, on a host bridge of its own, for each. */
  readonly below: readonly Below[];
}

/**
 * A machine in which whatever the test does not name costs nothing and is unlimited. Root ports are `rp0`, `rp1` and so on
 * over all sockets, each on the host bridge of its number (`hb0`); sockets are `s0`, `s1`, joined all with all.
 */
export function measuredSystem(...sockets: readonly SocketSpec[]): System {
  const parts = new Map<string, Part>();
  let port = 0;
  const entries = sockets.map(({ cpu = {}, below }, i) => {
    const part = partOf('cpu', cpu);
    parts.set(part.name, part);
    const host_bridges = below.map((child) => {
      const root = { id: `rp${port}`, link: linkEntry(child.link), child: childEntry(child, parts) };
      return { id: `hb${port++}`, root_ports: [root] };
    });
    return { id: `s${i}`, part: part.name, host_bridges };
  });
  const socket_links = entries.flatMap(({ id }, i) =>
    entries.slice(i + 1).map((other) => ({ between: [id, other.id], kind: 'test' })),
  );
  const text = JSON.stringify({ system: 'measured', sockets: entries, socket_links });
  return parseSystem(text, 'measured.yaml', (name) => {
    const part = parts.get(name);
    if (part === undefined) throw new RangeError(`the test has no part ${name}`);
    return part;
  });
}

/** The system with other numbers at the ports of all its parts. */
export function withPorts(system: System, numbers: Partial<PortNumbers>): System {
  const changedPart = <P extends Part>(part: P): P => ({ ...part, port: { ...part.port, ...numbers } });
  const nodes = Object.values(system.nodes).map(
    (node): SystemNode => ('part' in node ? ({ ...node, part: changedPart(node.part) } as SystemNode) : node),
  );
  return {
    ...system,
    sockets: system.sockets.map((socket) => ({ ...socket, part: changedPart(socket.part) })),
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
  };
}

/** The system with all its links at this speed. */
export function withLinks(system: System, current: LinkSpeed): System {
  const nodes = Object.values(system.nodes).map(
    (node): SystemNode => ('link' in node ? { ...node, link: { ...node.link, current } } : node),
  );
  return { ...system, nodes: Object.fromEntries(nodes.map((node) => [node.id, node])) };
}
