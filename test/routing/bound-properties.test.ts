import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AddressKind } from '../../src/pcie/address-kind.ts';
import { type Bound, boundOf } from '../../src/routing/bound.ts';
import { boundGoodput, boundTime } from '../../src/routing/bound-time.ts';
import type { TransferSpec } from '../../src/routing/transfer-spec.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';
import { withParts } from '../support/with-parts.ts';

const SEED = { seed: 20261122, numRuns: 60 };

const machine = fc
  .constantFrom('sw', 'sw-1d-off', 'casc', '2rp-acs', '2hb-09a2', 'rciep')
  .chain((name) => randomNumbers(vectorSystem(vectorFixture(name))));

const spec: fc.Arbitrary<Omit<TransferSpec, 'from' | 'to'>> = fc.record({
  op: fc.constantFrom('write', 'read'),
  size: fc.constantFrom(1, 64, 100, 4096, 5000, 300_000).map(bytes),
  address: fc.constantFrom<AddressKind>('PHYS', 'IOVA'),
  relaxedOrdering: fc.boolean(),
});

function bound(system: System, what: Omit<TransferSpec, 'from' | 'to'>): Bound {
  const from = system.nodes.A ? 'A' : 'DSA';
  const result = boundOf(system, { ...what, from, to: 'B' });
  if (result.kind === 'none') throw new Error(result.reason);
  return result.bound;
}

test('more credits, more tags and wider links never lower a bound', () => {
  const more = fc.property(machine, spec, (system, what) => {
    const before = bound(system, what);
    const plenty = { headers: null, data: null };
    const better = [
      withParts(system, { port: { credits: { posted: plenty, nonposted: plenty, completion: plenty } } }),
      withParts(system, { dma: { tags: 4096, outstandingBytes: null, copiesInFlight: null } }),
      withParts(system, { port: { skp: 0 } }),
    ];
    for (const one of better) expect(bound(one, what).rate).toBeGreaterThanOrEqual(before.rate);
  });
  fc.assert(more, SEED);
});

test('more bytes and more transfers never take less time, and one transfer no less than its latency', () => {
  const longer = fc.property(machine, spec, fc.integer({ min: 1, max: 20 }), (system, what, transfers) => {
    const got = bound(system, what);
    expect(boundTime(got, transfers + 1)).toBeGreaterThanOrEqual(boundTime(got, transfers));
    const larger = bound(system, { ...what, size: bytes(what.size + 4096) });
    expect(boundTime(larger, transfers)).toBeGreaterThanOrEqual(boundTime(got, transfers));
    expect(boundTime(got)).toBeGreaterThanOrEqual(got.latency);
  });
  fc.assert(longer, SEED);
});

test('the tightest constraint comes first, and the goodput of very many transfers is its rate', () => {
  const first = fc.property(machine, spec, (system, what) => {
    const got = bound(system, what);
    const rates = got.constraints.map(({ rate }) => rate);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    expect([got.limitedBy, got.rate]).toEqual([got.constraints[0]?.resource, got.constraints[0]?.rate]);
    expect(boundGoodput(got, 1e8) / got.rate).toBeCloseTo(1, 4);
  });
  fc.assert(first, SEED);
});

test('a depth that keeps only one transfer under way allows one transfer in its own time', () => {
  const alone = fc.property(machine, spec, (system, what) => {
    const one = bound(system, { ...what, depth: 1 });
    expect(one.rate).toBeLessThanOrEqual((what.size * 1e12) / boundTime(bound(system, what)));
  });
  fc.assert(alone, SEED);
});
