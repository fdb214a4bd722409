import { describe, expect, test } from 'vitest';
import { iommuGroups } from '../../src/policy/iommu-groups.ts';
import { verdict } from '../../src/policy/verdict.ts';
import type { AddressType } from '../../src/pcie/address-kind.ts';
import { type RouteTable, routeTable } from '../../src/routing/route-table.ts';
import type { RouteResult } from '../../src/routing/route-result.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';

/** Ways of B, a client with ATS, to the memory of A below the same switch and back. */
function ways(topology: string, addressType: AddressType): RouteTable {
  const address = addressType === 'translated' ? 'PHYS' : 'IOVA';
  const question = { requester: 'B', completer: 'A', address, addressType } as const;
  return routeTable(vectorSystem(vectorFixture(topology)), question);
}

const turnOf = (result: RouteResult): string =>
  result.kind === 'route' ? result.route.turn : `blocked at ${result.port}`;

const DIRECT = 'switch-local';
const CLIMBS = 'same-root-port-hairpin';

describe.each(['sw-55', 'sw-5d'])('the switch of %s', (topology) => {
  test('sends all untranslated requests up to the IOMMU, physical addresses included', () => {
    const { posted, nonposted } = ways(topology, 'untranslated');
    const requests = [posted.strict, posted.relaxed, nonposted.strict, nonposted.relaxed];
    expect(requests.map(turnOf)).toEqual([CLIMBS, CLIMBS, CLIMBS, CLIMBS]);
    const question = {
      requester: 'B',
      completer: 'A',
      address: 'PHYS',
      addressType: 'untranslated',
    } as const;
    expect(turnOf(routeTable(vectorSystem(vectorFixture(topology)), question).posted.strict)).toBe(CLIMBS);
  });

  test('turns all requests of an ATS client, whose addresses are translated', () => {
    const { posted, nonposted } = ways(topology, 'translated');
    const requests = [posted.strict, posted.relaxed, nonposted.strict, nonposted.relaxed];
    expect(requests.map(turnOf)).toEqual([DIRECT, DIRECT, DIRECT, DIRECT]);
  });

  test('is one that Linux finds to redirect', () => {
    const system = vectorSystem(vectorFixture(topology));
    expect(verdict(system, 'A', 'B', loadKernel('linux-7.3'))).toMatchObject({
      mapType: 'THRU_HOST_BRIDGE',
      address: 'IOVA',
      redirects: ['dn0', 'dn1'],
    });
  });
});

describe('completions of reads by an ATS client', () => {
  test('come directly with 0x55, as CR is clear', () => {
    const { strict, relaxed } = ways('sw-55', 'translated').completion;
    expect([strict, relaxed].map(turnOf)).toEqual([DIRECT, DIRECT]);
  });

  test('climb with 0x5d, as CR is set, unless they have relaxed ordering', () => {
    const { strict, relaxed } = ways('sw-5d', 'translated').completion;
    expect([strict, relaxed].map(turnOf)).toEqual([CLIMBS, DIRECT]);
  });
});

/** The topology with a root port that isolates, so that the switch's ports decide. */
function groups(topology: string) {
  const { nodes, ...rest } = vectorFixture(topology);
  const withRoot = nodes.map((node) =>
    node.id === 'rp0' ? { ...node, acs: { cap: 0x1d, ctrl: 0x1d } } : node,
  );
  return iommuGroups(vectorSystem({ ...rest, nodes: withRoot }));
}

describe('Linux groups devices by their ports', () => {
  test('and asks for CR as well, so that 0x5d leaves each device its own group', () => {
    expect(groups('sw-5d')).toContainEqual(['A']);
    expect(groups('sw-5d')).toContainEqual(['B']);
  });

  test('but 0x55 puts each device together with its port, though the hardware isolates', () => {
    expect(groups('sw-55')).toEqual([['hbdev'], ['rp0'], ['up'], ['dn0', 'A'], ['dn1', 'B']]);
  });
});
