import * as fc from 'fast-check';
import type { VectorNode, VectorTopology } from './vector-system.ts';

type Control = number | null;

/** What hangs below a port: an endpoint of some functions, a bridge to PCI, or a switch with ports. */
type Below =
  | { readonly kind: 'device'; readonly acs: readonly Control[]; readonly virtual?: readonly Control[] }
  | { readonly kind: 'bridge'; readonly acs: readonly Control[] }
  | {
      readonly kind: 'switch';
      readonly chip: string | null;
      readonly acs: Control;
      readonly ports: readonly { readonly acs: Control; readonly child: Below }[];
      /** Endpoints that are functions of the same device as its upstream port. */
      readonly beside?: readonly Control[];
    };

/** ACS control values as they occur, and arbitrary ones; null: no capability. */
export const randomControl: fc.Arbitrary<Control> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Control>(null, 0, 0x1d, 0x5d, 0x0c, 0x55) },
  fc.integer({ min: 0, max: 0x7f }),
);

const controls = (minLength: number, maxLength: number) =>
  fc.array(randomControl, { minLength, maxLength, size: 'max' });

/** What the trees of a generator are made of. */
interface Growth {
  readonly maxDepth: number;
  /** Switches to each of the other kinds. */
  readonly switches: number;
  readonly others: readonly fc.Arbitrary<Below>[];
  /** What a switch may have besides. */
  readonly more: Readonly<Record<string, fc.Arbitrary<readonly Control[]>>>;
}

const belowWith = ({ maxDepth, switches, others, more }: Growth): fc.Arbitrary<Below> =>
  fc.letrec<{ below: Below }>((tie) => ({
    below: fc.oneof(
      { maxDepth, depthSize: 'small' },
      fc.record({
        kind: fc.constant('device' as const),
        acs: fc.array(randomControl, { minLength: 1, maxLength: 2 }),
      }),
      {
        weight: switches,
        arbitrary: fc.record({
          kind: fc.constant('switch' as const),
          chip: fc.constantFrom(null, null, 'X', 'Y'),
          acs: randomControl,
          ports: fc.array(fc.record({ acs: randomControl, child: tie('below') as fc.Arbitrary<Below> }), {
            minLength: 1,
            maxLength: 3,
          }),
          ...more,
        }) as fc.Arbitrary<Below>,
      },
      ...others,
    ),
  })).below;

type Head = 'host bridge' | 'other slot' | 'root port' | 'integrated endpoint';

interface Bridge {
  readonly socket: number;
  readonly ids: readonly [vendor: number, device: number];
  readonly ports: readonly { readonly acs: Control; readonly child: Below }[];
  readonly domain?: number;
  readonly head?: Head;
  readonly integrated?: readonly Control[];
}

const INTEL_HEADS = [0x09a2, 0x2f00, 0x4c43, 0x4940];

const portsWith = (below: fc.Arbitrary<Below>) =>
  fc.array(fc.record({ acs: randomControl, child: below }), { minLength: 1, maxLength: 3 });

const machineOf = (bridges: fc.Arbitrary<Bridge[]>) =>
  fc.record({
    cpu: fc.constantFrom(
      { vendor: 'AMD', family: 0x19, arch: 'x86' },
      { vendor: 'AMD', family: 0x15, arch: 'x86' },
      { vendor: 'Intel', family: 6, arch: 'x86' },
    ),
    iommu: fc.constantFrom('off', 'passthrough', 'translate'),
    bridges,
  });

type Machine = ReturnType<typeof machineOf> extends fc.Arbitrary<infer T> ? T : never;

/** What a function has besides its place. */
interface More {
  readonly acs?: Control;
  readonly chip?: string | null;
  readonly physfn?: string;
  readonly ids?: readonly [number, number];
  /** `dd.f`; functions of device 0 in turn unless given. */
  readonly slot?: string;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

class Grower {
  readonly nodes: VectorNode[] = [];
  private readonly buses = new Map<string, { readonly domain: number; readonly bus: number; used: number }>();
  private readonly nextBus = [0, 0];

  /** Opens the bus below a bridge, or a root bus. */
  open(id: string, domain: number): void {
    const bus = this.nextBus[domain] ?? 0;
    this.nextBus[domain] = bus + 1;
    this.buses.set(id, { domain, bus, used: 0 });
  }

  private bdf(parent: string, slot: string | undefined): string {
    const below = this.buses.get(parent);
    if (!below) throw new RangeError(`${parent} has no bus below it; open one first`);
    const own = slot ?? `00.${below.used++ % 8}`;
    return `${hex(below.domain, 4)}:${hex(below.bus, 2)}:${own}`;
  }

  add(kind: string, parent: string, more: More = {}): string {
    const { acs = null, chip = null, ids: [vendor, device] = [0x8086, 1], slot } = more;
    const prefix = kind === 'host_bridge_device' ? 'hbdev' : kind;
    const id = `${prefix}${this.nodes.length}`;
    this.nodes.push({
      id,
      kind: kind === 'host_bridge_device' ? 'rciep' : kind,
      parent,
      vendor,
      device,
      bdf: this.bdf(parent, slot),
      acs: acs === null ? null : { cap: 0x7f, ctrl: acs },
      ...(chip === null ? {} : { chip }),
      ...(more.physfn === undefined ? {} : { physfn: more.physfn }),
    });
    if (['root_port', 'switch_up', 'switch_down', 'pcie_pci_bridge'].includes(kind))
      this.open(id, this.buses.get(parent)?.domain ?? 0);
    return id;
  }

  below(parent: string, child: Below): void {
    switch (child.kind) {
      case 'device': {
        const [physfn = ''] = child.acs.map((acs) => this.add('endpoint', parent, { acs }));
        for (const [i, acs] of (child.virtual ?? []).entries())
          this.add('vf', parent, { acs, physfn, slot: `01.${i}` });
        return;
      }
      case 'bridge': {
        const id = this.add('pcie_pci_bridge', parent);
        for (const [i, acs] of child.acs.entries()) this.add('pci_device', id, { acs, slot: `0${i}.0` });
        return;
      }
      case 'switch': {
        const { acs, chip } = child;
        const id = this.add('switch_up', parent, { acs, chip });
        for (const beside of child.beside ?? []) this.add('endpoint', parent, { acs: beside });
        for (const [i, port] of child.ports.entries())
          this.below(this.add('switch_down', id, { acs: port.acs, slot: `0${i}.0` }), port.child);
      }
    }
  }

  /** What is on a root bus, the first of it the head. */
  rootBus(bridge: string, { ids, ports, head = 'host bridge', integrated = [] }: Bridge): string[] {
    const rciep = (acs: Control, i: number, more: More = {}) =>
      this.add('rciep', bridge, { acs, slot: `1${i}.0`, ...more });
    const kind = head === 'other slot' || head === 'host bridge' ? 'host_bridge_device' : null;
    const first = kind && [this.add(kind, bridge, { ids, slot: head === 'other slot' ? '02.0' : '00.0' })];
    const others = integrated.map((acs, i) => rciep(acs, i, i > 0 || kind ? {} : { ids, slot: '00.0' }));
    const roots = ports.map(({ acs }, i) =>
      this.add('root_port', bridge, { acs, slot: `0${i + 3}.0`, ...(head === 'root port' ? { ids } : {}) }),
    );
    for (const [i, { child }] of ports.entries()) this.below(roots[i] ?? '', child);
    return [...(first ?? []), ...(head === 'root port' ? [...roots, ...others] : [...others, ...roots])];
  }
}

function grown({ cpu, iommu, bridges }: Machine): VectorTopology {
  const grower = new Grower();
  const hostBridges = bridges.map((bridge, index) => {
    const { socket, domain = 0 } = bridge;
    const id = `hb${index}`;
    grower.open(id, domain);
    return { id, domain, socket, rootBusOrder: grower.rootBus(id, bridge) };
  });
  return { name: 'random', cpu, iommu, hostBridges, nodes: grower.nodes };
}

const plainBridge: fc.Arbitrary<Bridge> = fc.record({
  socket: fc.integer({ min: 0, max: 1 }),
  ids: fc.constantFrom(...INTEL_HEADS).map((device) => [0x8086, device] as const),
  ports: portsWith(belowWith({ maxDepth: 3, switches: 1, others: [], more: {} })),
});

/** Machines of one to three host bridges with nested switches, virtual switches, two-function devices and any ACS bits. */
export const randomTopology: fc.Arbitrary<VectorTopology> = machineOf(
  fc.array(plainBridge, { minLength: 1, maxLength: 3 }),
).map(grown);

const anything = belowWith({
  maxDepth: 4,
  switches: 4,
  others: [
    fc.record({ kind: fc.constant('device' as const), acs: controls(1, 3), virtual: controls(1, 3) }),
    fc.record({ kind: fc.constant('bridge' as const), acs: controls(1, 3) }),
  ],
  more: { beside: fc.oneof(fc.constant([]), controls(1, 2)) },
});

const anyBridge: fc.Arbitrary<Bridge> = fc.record({
  socket: fc.integer({ min: 0, max: 1 }),
  ids: fc.oneof(
    fc.constantFrom(...INTEL_HEADS, 0x2030, 0x0b25).map((device) => [0x8086, device] as const),
    fc.constantFrom([0x1ae0, 7] as const, [0x10de, 0x2f95] as const, [0x1022, 0x1480] as const),
  ),
  ports: portsWith(anything),
  domain: fc.integer({ min: 0, max: 1 }),
  head: fc.constantFrom<Head>('host bridge', 'other slot', 'root port', 'integrated endpoint'),
  integrated: controls(0, 2),
});

/**
 * Machines of all that Linux's walk can meet: those of `randomTopology`, up to four levels of switches, virtual functions, functions
 * beside a switch's upstream port, bridges to PCI, integrated endpoints, several domains, and any head of a root bus.
 */
export const randomMachine: fc.Arbitrary<VectorTopology> = machineOf(
  fc.array(anyBridge, { minLength: 1, maxLength: 3 }),
).map(grown);

/** At most `limit` of the items, evenly spread, so that machines of many pairs do not take long. */
export function spread<T>(items: readonly T[], limit = 40): T[] {
  const step = Math.max(1, items.length / limit);
  return Array.from({ length: Math.min(limit, items.length) }, (_, i) => items[Math.floor(i * step)] as T);
}
