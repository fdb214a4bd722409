import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AddressKind, AddressType } from '../../src/pcie/address-kind.ts';
import { verdictMatrix } from '../../src/policy/verdict-matrix.ts';
import { routeTable } from '../../src/routing/route-table.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { randomTopology, spread } from '../support/random-topology.ts';
import { vectorSystem } from '../support/vector-system.ts';

const KERNEL = loadKernel('linux-7.3');
const SEED = { seed: 20261122, numRuns: 60 };

test('a request to a bus address that the kernel gave never passes a root complex', () => {
  fc.assert(
    fc.property(randomTopology, (topology) => {
      const system = vectorSystem(topology);
      for (const { provider, client, address } of spread(verdictMatrix(system, KERNEL).flat())) {
        if (address !== 'BUS') continue;
        const ends = { requester: client, completer: provider } as const;
        const { posted } = routeTable(system, { ...ends, address, addressType: 'untranslated' });
        expect(posted.strict.kind === 'route' && posted.strict.route.hops.join(' ')).not.toContain('rc:');
      }
    }),
    SEED,
  );
});

test('a request to an IOVA always passes a root complex, but for a function that reaches itself', () => {
  fc.assert(
    fc.property(randomTopology, (topology) => {
      const system = vectorSystem(topology);
      for (const { provider, client } of spread(verdictMatrix(system, KERNEL).flat())) {
        const ends = { requester: client, completer: provider } as const;
        const { nonposted } = routeTable(system, { ...ends, address: 'IOVA', addressType: 'untranslated' });
        const passes =
          nonposted.strict.kind === 'route' && nonposted.strict.route.hops.join(' ').includes('rc:');
        expect(passes).toBe(provider !== client);
      }
    }),
    SEED,
  );
});

const kinds = fc.constantFrom<AddressKind>('BUS', 'PHYS', 'IOVA');
const types = fc.constantFrom<AddressType>('untranslated', 'translated');

test('every route joins its ends, uses no link twice in one direction, and comes back the same way where the root complex owns the request', () => {
  fc.assert(
    fc.property(randomTopology, kinds, types, (topology, address, addressType) => {
      const system = vectorSystem(topology);
      for (const { provider, client } of spread(verdictMatrix(system, KERNEL).flat())) {
        const ends = { requester: client, completer: provider } as const;
        const table = routeTable(system, { ...ends, address, addressType, rcKeepsRequesterId: false });
        for (const { strict, relaxed } of Object.values(table)) {
          for (const result of [strict, relaxed]) {
            if (result.kind === 'blocked') continue;
            const { hops } = result.route;
            const steps = hops.slice(1).map((hop, i) => `${hops[i] ?? ''} ${hop}`);
            expect(new Set(steps).size).toBe(steps.length);
            expect([hops[0], hops.at(-1)].sort()).toEqual([client, provider].sort());
          }
        }
        const [there, back] = [table.nonposted.strict, table.completion.strict];
        if (there.kind === 'blocked' || back.kind === 'blocked') continue;
        if (!there.route.hops.some((hop) => hop.startsWith('rc:'))) continue;
        expect(back.route.hops.toReversed()).toEqual(there.route.hops);
      }
    }),
    SEED,
  );
});

test('only a translated request is ever blocked, at a port with Translation Blocking on its way', () => {
  fc.assert(
    fc.property(randomTopology, kinds, types, (topology, address, addressType) => {
      const system = vectorSystem(topology);
      for (const { provider, client } of spread(verdictMatrix(system, KERNEL).flat())) {
        const table = routeTable(system, { requester: client, completer: provider, address, addressType });
        expect(table.completion.strict.kind).toBe('route');
        if (table.posted.strict.kind === 'route') continue;
        expect(addressType).toBe('translated');
        expect((system.nodes[table.posted.strict.port]?.acs?.control ?? 0) & 0x02).toBe(0x02);
      }
    }),
    SEED,
  );
});
