import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { verdict } from '../../src/policy/verdict.ts';
import { verdictMatrix } from '../../src/policy/verdict-matrix.ts';
import { testedPath } from '../../src/policy/tested-path.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { randomTopology, spread } from '../support/random-topology.ts';
import { type VectorTopology, vectorSystem } from '../support/vector-system.ts';

const KERNEL = loadKernel('linux-7.3');
const SEED = { seed: 20261122, numRuns: 60 };

const pairs = (topology: VectorTopology) => verdictMatrix(vectorSystem(topology), KERNEL).flat();

function renamed(topology: VectorTopology, name: (id: string) => string): VectorTopology {
  return {
    ...topology,
    hostBridges: topology.hostBridges.map((h) => ({
      ...h,
      id: name(h.id),
      rootBusOrder: h.rootBusOrder.map(name),
    })),
    nodes: topology.nodes.map((node) => ({ ...node, id: name(node.id), parent: name(node.parent) })),
  };
}

test('map type, distance and address are the same both ways round', () => {
  fc.assert(
    fc.property(randomTopology, (topology) => {
      const system = vectorSystem(topology);
      for (const { provider, client, mapType, distance, address } of spread(pairs(topology))) {
        expect(verdict(system, client, provider, KERNEL)).toMatchObject({ mapType, distance, address });
      }
    }),
    SEED,
  );
});

/** Names in the reverse order of the tree; heads of root buses keep the prefix by which the vectors mark them. */
const name = (id: string) =>
  id.startsWith('hbdev') ? `hbdev-${id}` : `z${1e6 - Number(/\d+$/.exec(id))}${id}`;

test('the verdict does not depend on what things are called', () => {
  fc.assert(
    fc.property(randomTopology, (topology) => {
      const other = pairs(renamed(topology, name));
      for (const [i, got] of spread([...pairs(topology).entries()])) {
        const { mapType, distance, address, messages } = got;
        expect(other[i]).toMatchObject({ mapType, distance, address, messages });
        expect(other[i]?.redirects).toEqual(got.redirects.map(name));
      }
    }),
    SEED,
  );
});

test('ACS above the common function changes nothing', () => {
  fc.assert(
    fc.property(randomTopology, fc.integer({ min: 0, max: 0x7f }), (topology, control) => {
      const system = vectorSystem(topology);
      for (const before of spread(pairs(topology), 20)) {
        const { common } = testedPath(system, before.provider, before.client);
        const above = new Set<string>();
        const parents = new Map(topology.nodes.map((node) => [node.id, node.parent]));
        for (let id = parents.get(common ?? ''); id !== undefined; id = parents.get(id)) above.add(id);
        const nodes = topology.nodes.map((n) =>
          above.has(n.id) ? { ...n, acs: { cap: 0x7f, ctrl: control } } : n,
        );
        const after = verdict(vectorSystem({ ...topology, nodes }), before.provider, before.client, KERNEL);
        expect(after).toEqual(before);
      }
    }),
    SEED,
  );
});

test('without any redirect, devices below one bridge get bus addresses and the others never do', () => {
  fc.assert(
    fc.property(randomTopology, (topology) => {
      const nodes = topology.nodes.map((node) => ({ ...node, acs: null }));
      const system = vectorSystem({ ...topology, nodes });
      for (const { provider, client, mapType } of spread(verdictMatrix(system, KERNEL).flat())) {
        expect(mapType === 'BUS_ADDR').toBe(testedPath(system, provider, client).common !== null);
      }
    }),
    SEED,
  );
});

test('the reason is one sentence that names what decided', () => {
  fc.assert(
    fc.property(randomTopology, (topology) => {
      for (const { reason, redirects, mapType } of spread(pairs(topology))) {
        expect(reason).toMatch(/^\S.*[^.]\.$/);
        for (const id of redirects) expect(reason).toContain(id);
        if (mapType !== 'BUS_ADDR') expect(reason).toMatch(/hb\d/);
        if (mapType === 'NOT_SUPPORTED')
          expect(reason).toMatch(
            /stage through system memory \(hairpin explain SYSTEM \S+ \S+ --via mem:\S+\)/,
          );
      }
    }),
    SEED,
  );
});
