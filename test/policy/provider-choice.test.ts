import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/engine/random-stream.ts';
import { P2pMemory } from '../../src/policy/p2p-memory.ts';
import { chooseProvider } from '../../src/policy/provider-choice.ts';
import type { System } from '../../src/system/system.ts';
import fixture from '../fixtures/provider-selection.json' with { type: 'json' };
import { loadKernel } from '../support/kernel-files.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem, type VectorNode } from '../support/vector-system.ts';

const KERNEL = loadKernel('linux-7.3');
const systemOf = (topology: string) => vectorSystem(vectorFixture(topology));
const seeded = (seed: string) => (count: number) => new RandomStream(seed, 'provider-choice').below(count);

function memoryOf(published: readonly string[], unpublished: readonly string[] = []): P2pMemory {
  const memory = new P2pMemory(KERNEL);
  for (const id of published) memory.register(id, { published: true });
  for (const id of unpublished) memory.register(id, { published: false });
  return memory;
}

const drawNothing = (): number => {
  throw new Error('nothing to draw from');
};

/** The choice for A and B with this seed. */
const choose = (system: System, published: readonly string[], seed: string) =>
  chooseProvider(memoryOf(published), system, { clients: ['A', 'B'], draw: seeded(seed) }).chosen;

/** `count` single-function devices below one switch, and two clients beside them. */
function wideSwitch(count: number): System {
  const { nodes, ...rest } = vectorFixture('sw');
  const ports = Array.from({ length: count }, (_, i): readonly VectorNode[] => {
    const [bus, slot] = [((i >> 5) + 0x10).toString(16), (i & 31).toString(16).padStart(2, '0')];
    const common = { vendor: 1, device: 1, acs: null };
    const port = { ...common, id: `d${i}`, kind: 'switch_down', parent: 'up', bdf: `0001:${bus}:${slot}.0` };
    const end = { ...common, id: `p${i}`, kind: 'endpoint', parent: port.id, bdf: `0002:${bus}:${slot}.0` };
    return [port, end];
  });
  return vectorSystem({ ...rest, nodes: [...nodes, ...ports.flat()] });
}

describe('the kernel chooses a provider', () => {
  test.each(fixture.choices)('$id: $title', ({ topology, published, unpublished, clients, ...rest }) => {
    const { equals, distance } = rest;
    const draws: number[] = [];
    const draw = (count: number) => {
      draws.push(count);
      return count - 1;
    };
    const memory = memoryOf(published, unpublished);
    const choice = chooseProvider(memory, systemOf(topology), { clients, draw });
    expect(choice).toEqual({ equals, distance, chosen: equals.at(-1) });
    expect(draws).toEqual([equals.length]);
  });

  test('and none, without a draw, where all refuse or nothing is published', () => {
    const none = { chosen: null, equals: [], distance: null };
    const search = { clients: ['B'], draw: drawNothing };
    expect(chooseProvider(memoryOf(['A']), systemOf('2rp-client'), search)).toEqual(none);
    expect(chooseProvider(memoryOf([], ['A']), systemOf('sw'), search)).toEqual(none);
  });

  test('in the order of the system, whatever that of registration', () => {
    const search = { clients: ['A', 'B'], draw: () => 0 };
    expect(chooseProvider(memoryOf(['B', 'A']), systemOf('casc'), search).equals).toEqual(['A', 'B']);
  });

  test('complains of published memory that the system does not have', () => {
    const search = { clients: ['A'], draw: () => 0 };
    expect(() => chooseProvider(memoryOf(['Z']), systemOf('sw'), search)).toThrow(/"Z" is not in system/);
  });

  test('among 512 equals at most, the first that it met: a page of pointers', () => {
    const system = wideSwitch(515);
    const ids = Array.from({ length: 515 }, (_, i) => `p${i}`);
    const { equals, chosen } = chooseProvider(memoryOf(ids), system, {
      clients: ['A', 'B'],
      draw: (count) => count - 1,
    });
    expect([equals.length, equals[0], chosen]).toEqual([512, 'p0', 'p511']);
  });
});

describe('the draw among equals', () => {
  const wide = wideSwitch(4);

  test('repeats with the seed', () => {
    const chosen = ['1', '2', 'x', '1', '2', 'x'].map((seed) => choose(wide, ['p0', 'p1', 'p2', 'p3'], seed));
    expect(chosen.slice(3)).toEqual(chosen.slice(0, 3));
  });

  // Bounds are the 0.999 quantiles of the chi-square distribution with one and three degrees of freedom.
  test.each([
    ['S07: two', systemOf('casc'), ['A', 'B'], 10.83],
    ['four', wide, ['p0', 'p1', 'p2', 'p3'], 16.27],
  ] as const)('is uniform over 4,000 seeds among %s', (_, system, published, bound) => {
    const counts = new Map<string | null, number>();
    for (let seed = 0; seed < 4000; seed++) {
      const id = choose(system, published, String(seed));
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const expected = 4000 / published.length;
    const seen = published.map((id) => counts.get(id) ?? 0);
    const square = seen.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(square).toBeLessThan(bound);
  });
});
