import { ACS } from '../../src/pcie/acs.ts';
import type { Acs, Link, LinkSpeed, System, SystemNode } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { testCpu, testEndpoint, testSwitch } from '../support/vector-system.ts';

const GEN5: LinkSpeed = { generation: 5, width: 16 };
const link = (current: LinkSpeed = GEN5): Link => ({
  capability: GEN5,
  current,
  bitErrorRate: 0,
});
const acs = (control: number): Acs => ({ capability: 0x1f, control });

const unknown = { bdf: null, vendor: null, device: null, acs: null } as const;
const gpu = (id: string, parent: string): SystemNode => ({
  ...unknown,
  id,
  parent,
  kind: 'endpoint',
  deviceKind: 'gpu',
  part: testEndpoint(),
  mps: bytes(256),
  mrrs: null,
  bars: null,
  backing: { gives: null, takes: null },
  physicalFunction: null,
});

const nodes: readonly SystemNode[] = [
  {
    ...unknown,
    id: 'rp0',
    parent: 'hb0',
    kind: 'root_port',
    externalFacing: false,
    bdf: '0000:20:01.1',
    vendor: 0x8086,
    device: 0x352a,
    link: link({ generation: 2, width: 16 }),
  },
  { ...unknown, id: 'sw', parent: 'rp0', kind: 'switch_up', part: testSwitch(), chip: 'A' },
  {
    ...unknown,
    id: 'd0',
    parent: 'sw',
    kind: 'switch_down',
    link: link(),
    acs: acs(ACS.SV | ACS.RR | ACS.CR | ACS.UF),
  },
  gpu('gpu0', 'd0'),
  { ...unknown, id: 'd1', parent: 'sw', kind: 'switch_down', link: link(), acs: acs(ACS.SV) },
  gpu('gpu1', 'd1'),
  {
    ...unknown,
    id: 'rp1',
    parent: 'hb1',
    kind: 'root_port',
    externalFacing: false,
    link: link(),
    acs: acs(0),
  },
  gpu('gpu2', 'rp1'),
];

/** Two sockets; on the first a switch behind a degraded link, one of whose two ports redirects. */
export const SMALL_SYSTEM: System = {
  name: 'small',
  about: 'a machine for\ntests',
  kernel: 'linux-7.3',
  iommu: { mode: 'translate', pageBytes: bytes(4096) },
  sockets: ['s0', 's1'].map((id) => ({ id, part: testCpu() })),
  socketLinks: [{ between: ['s0', 's1'], kind: 'UPI' }],
  hostBridges: [
    { id: 'hb0', socket: 's0', domain: 0, quadrant: 'Q1', busOffset: 0, rootBus: ['rp0'] },
    { id: 'hb1', socket: 's1', domain: 1, quadrant: null, busOffset: 0, rootBus: ['rp1'] },
  ],
  nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
};
