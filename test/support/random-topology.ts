import * as fc from 'fast-check';
import type { VectorNode, VectorTopology } from './vector-system.ts';

/** A tree below a port: an endpoint of some functions, or a switch with ports. */
type Below =
  | { readonly kind: 'device'; readonly acs: readonly (number | null)[] }
  | {
      readonly kind: 'switch';
      readonly chip: string | null;
      readonly acs: number | null;
      readonly ports: readonly { readonly acs: number | null; readonly child: Below }[];
    };

/** ACS control values as they occur, and arbitrary ones; null: no capability. */
const control = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<number | null>(null, 0, 0x1d, 0x5d, 0x0c, 0x55) },
  fc.integer({ min: 0, max: 0x7f }),
);

const { below } = fc.letrec<{ below: Below }>((tie) => ({
  below: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({
      kind: fc.constant('device' as const),
      acs: fc.array(control, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('switch' as const),
      chip: fc.constantFrom(null, null, 'X', 'Y'),
      acs: control,
      ports: fc.array(fc.record({ acs: control, child: tie('below') as fc.Arbitrary<Below> }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  ),
}));

const FIRST_DEVICES = [0x09a2, 0x2f00, 0x4c43, 0x4940];

const bridge = fc.record({
  socket: fc.integer({ min: 0, max: 1 }),
  device: fc.constantFrom(...FIRST_DEVICES),
  ports: fc.array(fc.record({ acs: control, child: below }), { minLength: 1, maxLength: 3 }),
});

const machine = fc.record({
  cpu: fc.constantFrom(
    { vendor: 'AMD', family: 0x19, arch: 'x86' },
    { vendor: 'AMD', family: 0x15, arch: 'x86' },
    { vendor: 'Intel', family: 6, arch: 'x86' },
  ),
  iommu: fc.constantFrom('off', 'passthrough', 'translate'),
  bridges: fc.array(bridge, { minLength: 1, maxLength: 3 }),
});

class Grower {
  readonly nodes: VectorNode[] = [];
  private count = 0;

  add(
    kind: string,
    parent: string,
    more: { acs?: number | null; chip?: string | null; device?: number } = {},
  ) {
    const id = `${kind === 'rciep' ? 'hbdev' : kind}${this.count++}`;
    const { acs = null, chip = null, device = 1 } = more;
    const bdf = kind === 'rciep' ? '0000:00:00.0' : '0000:00:01.0';
    const node = {
      id,
      kind,
      parent,
      vendor: 0x8086,
      device,
      bdf,
      acs: acs === null ? null : { cap: 0x7f, ctrl: acs },
    };
    this.nodes.push(chip === null ? node : { ...node, chip });
    return id;
  }

  below(parent: string, child: Below): void {
    if (child.kind === 'device') {
      for (const acs of child.acs) this.add('endpoint', parent, { acs });
      return;
    }
    const id = this.add('switch_up', parent, child);
    for (const port of child.ports) this.below(this.add('switch_down', id, port), port.child);
  }
}

/** Machines of one to three host bridges with nested switches, virtual switches, two-function devices and any ACS bits. */
export const randomTopology: fc.Arbitrary<VectorTopology> = machine.map(({ cpu, iommu, bridges }) => {
  const grower = new Grower();
  const hostBridges = bridges.map(({ socket, device, ports }, index) => {
    const id = `hb${index}`;
    const head = grower.add('rciep', id, { device });
    const roots = ports.map((port) => grower.add('root_port', id, port));
    for (const [i, port] of ports.entries()) grower.below(roots[i] ?? '', port.child);
    return { id, domain: 0, socket, rootBusOrder: [head, ...roots] };
  });
  return { name: 'random', cpu, iommu, hostBridges, nodes: grower.nodes };
});

/** At most `limit` of the items, evenly spread, so that machines of many pairs do not take long. */
export function spread<T>(items: readonly T[], limit = 40): T[] {
  const step = Math.max(1, items.length / limit);
  return Array.from({ length: Math.min(limit, items.length) }, (_, i) => items[Math.floor(i * step)] as T);
}
