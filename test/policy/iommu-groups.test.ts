import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { iommuGroups } from '../../src/policy/iommu-groups.ts';
import { randomTopology } from '../support/random-topology.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { type VectorNode, type VectorTopology, vectorSystem } from '../support/vector-system.ts';

type Changes = Readonly<Record<string, Partial<VectorNode>>>;

function topology(name: string, changes: Changes = {}, more: readonly VectorNode[] = []): VectorTopology {
  const base = vectorFixture(name);
  const nodes = [...base.nodes, ...more].map((node) => ({ ...node, ...changes[node.id] }));
  return { ...base, iommu: 'translate', nodes };
}

const acs = (ctrl: number, cap = 0x5f): Partial<VectorNode> => ({ acs: { cap, ctrl } });
const ISOLATED: Changes = { rp0: acs(0x1d), dn0: acs(0x1d), dn1: acs(0x1d) };

const groups = (...args: Parameters<typeof topology>): string[] =>
  iommuGroups(vectorSystem(topology(...args))).map((group) => group.join(' '));

/** A second function of A, or A itself, on a root bus or below a port. */
const sibling = (id: string, changes: Partial<VectorNode> = {}): VectorNode => ({
  id,
  kind: 'endpoint',
  parent: 'dn0',
  bdf: '0000:03:00.1',
  vendor: 1,
  device: 1,
  acs: null,
  ...changes,
});

describe('IOMMU groups', () => {
  test('are none without an IOMMU', () => {
    expect(iommuGroups(vectorSystem({ ...topology('sw'), iommu: 'off' }))).toEqual([]);
    expect(iommuGroups(vectorSystem({ ...topology('sw'), iommu: 'passthrough' })).length).toBeGreaterThan(0);
  });

  test('are one a function where every port up to the root has SV, RR, CR and UF', () => {
    expect(groups('sw', ISOLATED)).toEqual(['hbdev', 'rp0', 'up', 'dn0', 'dn1', 'A', 'B']);
  });

  test('hold all below a root port that does not isolate', () => {
    expect(groups('sw', { ...ISOLATED, rp0: { acs: null } })).toEqual(['hbdev', 'rp0 up dn0 dn1 A B']);
  });

  test.each([
    ['SV', 0x01],
    ['RR', 0x04],
    ['CR', 0x08],
    ['UF', 0x10],
  ])('hold a device with its port where this lacks %s', (_, bit) => {
    const changes = { ...ISOLATED, dn0: acs(0x1d & ~bit) };
    expect(groups('sw', changes)).toEqual(['hbdev', 'rp0', 'up', 'dn0 A', 'dn1', 'B']);
  });

  test('take bits that a port has not for ones that are wired on', () => {
    const changes = { ...ISOLATED, dn0: acs(0x0c, 0x0c), dn1: acs(0x0c, 0x1d) };
    expect(groups('sw', changes)).toEqual(['hbdev', 'rp0', 'up', 'dn0', 'dn1 B', 'A']);
  });

  test('do not care about TB, EC and DT', () => {
    expect(groups('sw', { ...ISOLATED, dn0: acs(0x7f, 0x7f) })).toContain('A');
  });
});

const onBus = (id: string, bdf: string) => sibling(id, { parent: 'hb0', kind: 'rciep', bdf });

describe('functions of one device', () => {
  test('without ACS of their own are in one group, though their port isolates', () => {
    expect(groups('sw', ISOLATED, [sibling('A.1')])).toContain('A A.1');
  });

  test('are apart where each has ACS, and one that has it leaves the others', () => {
    const own = acs(0x0c, 0x0c);
    expect(groups('sw', { ...ISOLATED, A: own }, [sibling('A.1', own)])).toContain('A');
    const three = groups('sw', { ...ISOLATED, A: own }, [sibling('A.1'), sibling('A.2')]);
    expect(three).toEqual(expect.arrayContaining(['A', 'A.1 A.2']));
  });

  test('of which one is virtual are devices of their own', () => {
    expect(groups('sw', ISOLATED, [sibling('A.vf', { physfn: 'A' })])).toEqual(
      expect.arrayContaining(['A', 'A.vf']),
    );
  });

  test('on a root bus are told by their address', () => {
    const more = [onBus('x', '0000:00:1f.0'), onBus('y', '0000:00:1f.3'), onBus('z', '0000:00:1e.0')];
    expect(groups('sw', ISOLATED, more)).toEqual(expect.arrayContaining(['x y', 'z']));
  });

  test('that are root ports of one device without ACS are in one group', () => {
    expect(groups('2rp-off')).toEqual(['hbdev0', 'rpA A', 'rpB B']);
    const oneDevice = { rpB: { bdf: '0000:00:02.1' } };
    expect(groups('2rp-off', oneDevice)).toEqual(['hbdev0', 'rpA rpB A B']);
    expect(groups('2rp-off', { rpA: acs(0x1d), rpB: { ...oneDevice.rpB, ...acs(0x1d) } })).toEqual([
      'hbdev0',
      'rpA',
      'rpB',
      'A',
      'B',
    ]);
  });
});

test('ports of a switch that are functions of one device without ACS are in one group', () => {
  const changes = { ...ISOLATED, dn0: { acs: null }, dn1: { bdf: '0000:02:00.1', acs: null } };
  expect(groups('sw', changes)).toEqual(['hbdev', 'rp0', 'up', 'dn0 dn1 A B']);
});

test('devices behind a bridge to conventional PCI are in its group', () => {
  expect(groups('pcipci')).toEqual(['hbdev', 'rp0', 'br P Q']);
});

test('groups hold every function once, and setting the bits of a port only ever splits them', () => {
  fc.assert(
    fc.property(randomTopology, fc.nat(), (machine, which) => {
      const translating = { ...machine, iommu: 'translate' };
      const before = iommuGroups(vectorSystem(translating));
      expect(before.flat().sort()).toEqual(machine.nodes.map(({ id }) => id).sort());
      const chosen = machine.nodes[which % machine.nodes.length]?.id;
      const nodes = machine.nodes.map((node) =>
        node.id === chosen ? { ...node, acs: { cap: 0x7f, ctrl: 0x1d } } : node,
      );
      const groupOf = new Map(before.flatMap((group) => group.map((id) => [id, group])));
      for (const [head = '', ...others] of iommuGroups(vectorSystem({ ...translating, nodes })))
        for (const other of others) expect(groupOf.get(head)).toContain(other);
    }),
    { seed: 20261122, numRuns: 100 },
  );
});
