import { describe, expect, test } from 'vitest';
import type { AddressKind, AddressType } from '../../src/pcie/address-kind.ts';
import type { TlpClass } from '../../src/pcie/tlp-class.ts';
import { routeOf } from '../../src/routing/route-of.ts';
import type { RouteQuestion } from '../../src/routing/route-question.ts';
import type { System } from '../../src/system/system.ts';
import { MAP_TYPE_VECTORS, PHYSICAL_ROUTE_VECTORS, vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';

function hops(system: System, question: RouteQuestion): readonly string[] {
  const result = routeOf(system, question);
  if (result.kind === 'blocked') throw new Error(result.reason);
  return result.route.hops;
}

describe('routes are as in the map-type vectors that the kernel allows', () => {
  const allowed = MAP_TYPE_VECTORS.filter((vector) => vector.expect.requestRoute !== null);

  test.each(allowed)('$id: $title', ({ topology, provider, client, expect: expected }) => {
    const system = vectorSystem(vectorFixture(topology));
    const rest = {
      address: expected.dma.kind as AddressKind,
      addressType: 'untranslated' as const,
      relaxedOrdering: false,
    };
    for (const tlpClass of ['posted', 'nonposted'] as const) {
      const request = routeOf(system, { ...rest, class: tlpClass, from: client, to: provider });
      expect(request).toEqual({
        kind: 'route',
        route: { hops: expected.requestRoute, turn: expected.rcTurn },
      });
    }
    const back = { ...rest, class: 'completion' as TlpClass, from: provider, to: client };
    expect(hops(system, { ...back, rcKeepsRequesterId: false })).toEqual(expected.completionRouteProxy);
    expect(hops(system, { ...back, rcKeepsRequesterId: true })).toEqual(expected.completionRoutePreserveId);
  });
});

describe('routes are as in the physical route vectors', () => {
  test('and all five are here', () => expect(PHYSICAL_ROUTE_VECTORS).toHaveLength(5));

  test.each(PHYSICAL_ROUTE_VECTORS)('$id', (vector) => {
    const system = vectorSystem(vectorFixture(vector.topology));
    const rest = { address: vector.addrKind as AddressKind, addressType: vector.at as AddressType };
    const there = { ...rest, from: vector.client, to: vector.provider, relaxedOrdering: false };
    expect(hops(system, { ...there, class: 'nonposted' })).toEqual(vector.expectRequest);
    const back = { ...rest, from: vector.provider, to: vector.client, class: 'completion' as const };
    expect(hops(system, { ...back, relaxedOrdering: false })).toEqual(vector.expectCompletionStrict);
    expect(hops(system, { ...back, relaxedOrdering: true })).toEqual(vector.expectCompletionRelaxed);
  });
});
