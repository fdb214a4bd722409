import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/fabric/assemble.ts';
import { listSystems, loadSystem } from '../../src/node/load-system.ts';
import type { AddressKind } from '../../src/pcie/address-kind.ts';
import { TLP_CLASSES } from '../../src/pcie/tlp-class.ts';
import { channelsOf } from '../../src/routing/channels-of.ts';
import { routeTable } from '../../src/routing/route-table.ts';
import { endpoints } from '../../src/system/ancestry.ts';
import type { System } from '../../src/system/system.ts';
import { randomTopology, spread } from '../support/random-topology.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { vectorSystem } from '../support/vector-system.ts';

/** The channels by which an integrated endpoint joins the root complex cost nothing and are the fabric's alone. */
const costs = ({ id }: { id: string }) => !id.startsWith('agent:');

/** Each way of each pair, as the bounds see it and as the fabric runs it. */
function expectTheFabricsChannels(system: System, address: AddressKind): void {
  const { plan, ways } = assemble(system);
  const devices = endpoints(system).map(({ id }) => id);
  const targets = [...devices, ...system.sockets.map(({ id }) => `mem:${id}`)];
  const pairs = devices.flatMap((requester) => targets.map((completer) => ({ requester, completer })));
  for (const pair of spread(pairs, 60)) {
    const table = routeTable(system, { ...pair, address, addressType: 'untranslated' });
    for (const tlpClass of TLP_CLASSES) {
      const result = table[tlpClass].strict;
      if (result.kind === 'blocked') continue;
      const ours = channelsOf(system, result.route, tlpClass);
      if (ours.length === 0) continue;
      const outputs = ways.of(result.route, tlpClass).map((number) => plan.outputs[number]);
      const theirs = outputs.filter((output) => output !== undefined).filter(costs);
      expect(ours.map(({ id }) => id)).toEqual(theirs.map(({ id }) => id));
      for (const [i, { flight, credits, creditReturn, latency, storeAndForward }] of ours.entries()) {
        expect(theirs[i]).toMatchObject({ flight, credits, creditReturn });
        if (i + 1 < ours.length)
          expect(plan.ports[theirs[i]?.port ?? -1]).toMatchObject({ latency, storeAndForward });
      }
    }
  }
}

describe('the bounds see the channels that the fabric runs', () => {
  test.each(listSystems())('on %s', (name) => {
    for (const address of ['PHYS', 'IOVA'] as const) expectTheFabricsChannels(loadSystem(name), address);
  });

  test('on random machines with random numbers', () => {
    const machine = randomTopology.chain((topology) => randomNumbers(vectorSystem(topology)));
    const property = fc.property(
      machine,
      fc.constantFrom<AddressKind>('PHYS', 'IOVA'),
      expectTheFabricsChannels,
    );
    fc.assert(property, { seed: 20261122, numRuns: 30 });
  });
});
