import { describe, expect, test } from 'vitest';
import { providerRanks } from '../../src/experiment/provider-ranks.ts';
import { ranksOf } from '../../src/experiment/ranks-of.ts';
import { Runner } from '../../src/experiment/runner.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { REFUSING } from '../cli/command-line.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

const RUNNER = new Runner();
const COPIES = { size: bytes(2 ** 16), copies: 4 };

function ranks(system: System, clients: readonly string[], candidates: readonly string[], seed = '1') {
  const traffic = { system, profile: loadKernelProfile(), seed, clients, ...COPIES };
  return providerRanks(traffic, candidates, { runner: RUNNER });
}

/** Two clients and two narrow providers below a switch, a wide one at another root port; all but the links is free. */
const small = (cpu: Numbers = {}): System =>
  measuredSystem({
    cpu,
    below: [
      pcieSwitch('sw', 'gen4x16', [
        device('a', 'gen4x16'),
        device('b', 'gen4x16'),
        device('x4', 'gen4x4'),
        device('x8', 'gen4x8'),
      ]),
      device('far', 'gen4x16'),
    ],
  });

/** GB/s of writes of 256 B with headers of 16 B and framing of 8 B on a Gen4 link, which two clients share. */
const half = (lanes: number): number => (((16 * lanes) / 8) * (128 / 130) * (256 / 280)) / 2;

describe('providers of a small machine with free parts', () => {
  const result = ranks(small(), ['a', 'b'], ['x4', 'x8', 'far']);
  const column = <T>(read: (provider: (typeof result.providers)[0]) => T) => result.providers.map(read);

  test('are ranked by hand: near, near and far by hops, the other way round by bandwidth', () => {
    expect(column(({ provider }) => provider)).toEqual(['x8', 'x4', 'far']);
    expect(column(({ distance }) => distance)).toEqual([4 + 4, 4 + 4, 6 + 6]);
    expect(column(({ distanceRank }) => distanceRank)).toEqual([1, 1, 3]);
    expect(column(({ rateRank }) => rateRank)).toEqual([2, 3, 1]);
    expect(result.best).toEqual(['far']);
  });

  test('give each client half of the narrowest link, and no more than the bound', () => {
    const lanes = [8, 4, 16];
    for (const [i, { write, rate_GBps, bound_GBps }] of result.providers.entries()) {
      const expected = half(lanes[i] ?? NaN);
      expect(Math.abs((write?.bound_GBps ?? NaN) / expected - 1)).toBeLessThan(1e-3);
      expect(write?.least_GBps).toBeGreaterThan(expected * 0.99);
      expect(write?.least_GBps).toBeLessThanOrEqual((write?.bound_GBps ?? NaN) * (1 + 1e-9));
      expect(rate_GBps).toBeLessThanOrEqual((bound_GBps ?? NaN) * (1 + 1e-9));
    }
  });

  test('have the slower direction count: completions have smaller headers than writes', () => {
    for (const { write, read, rate_GBps } of result.providers) {
      expect(read?.least_GBps).toBeGreaterThan(write?.least_GBps ?? NaN);
      expect(rate_GBps).toBe(write?.least_GBps);
      expect(write?.sum_GBps).toBeGreaterThanOrEqual(2 * (write?.least_GBps ?? NaN));
    }
  });

  test('disagree as named, each with both numbers and what limits it', () => {
    const named = result.disagreements.map(({ kind, slower, faster }) => [
      slower.provider,
      kind,
      faster.provider,
      slower.limitedBy,
      faster.distance - slower.distance,
    ]);
    expect(named).toEqual([
      ['x8', 'nearer', 'far', 'link:sw.d3:down', 4],
      ['x4', 'nearer', 'far', 'link:sw.d2:down', 4],
    ]);
    expect(result.disagreements[0]?.faster.limitedBy).toMatch(/^link:(sw|rp\w*|far)/);
    const { disagreements } = ranks(small(), ['a', 'b'], ['x4', 'x8']);
    expect(disagreements).toMatchObject([
      { kind: 'equal', slower: { provider: 'x4' }, faster: { provider: 'x8' } },
    ]);
    expect(ranks(small(), ['a', 'b'], ['x8']).disagreements).toEqual([]);
  });

  test('are the same again with the seed, and the draw falls on either equal with others', () => {
    expect(ranks(small(), ['a', 'b'], ['x4', 'x8', 'far'])).toEqual(result);
    const chosen = Array.from({ length: 12 }, (_, seed) =>
      ranks(small(), ['a', 'b'], ['x4', 'x8'], `${seed}`),
    );
    expect(new Set(chosen.map(({ kernelChoice }) => kernelChoice.chosen))).toEqual(new Set(['x4', 'x8']));
  });

  test('may be clients themselves, whose own way to their memory is no flow', () => {
    const { providers } = ranks(small(), ['a', 'x8'], ['x8', 'x4']);
    expect(providers[0]).toMatchObject({ provider: 'x8', distance: 0 + 4, distanceRank: 1 });
    expect(providers[0]?.write?.least_GBps).toBeCloseTo(2 * half(8), 1);
    expect(() => ranks(small(), ['a'], ['a'])).toThrow(/a is the only client of its own memory/);
  });
});

describe('providers without a rate are last, with the reason', () => {
  test('of the kernel', () => {
    const { providers, kernelChoice, best } = ranks(loadSystem(REFUSING), ['gpu0'], ['gpu1']);
    expect(providers[0]).toMatchObject({ distance: null, distanceRank: null, write: null, rateRank: null });
    expect(providers[0]?.refused).toMatch(/allow list does not have hb0/);
    expect([kernelChoice.chosen, best]).toEqual([null, []]);
  });

  test('of the hardware, which the kernel does not know and ranks all the same', () => {
    const system = small({ scopes: { other_host_bridge: { carries: 'writes' } } });
    const { providers, kernelChoice } = ranks(system, ['a'], ['far', 'x4']);
    expect(providers.map(({ provider }) => provider)).toEqual(['x4', 'far']);
    expect(providers[1]).toMatchObject({ distanceRank: 2, rateRank: null, rate_GBps: null, read: null });
    expect(providers[1]?.write?.least_GBps).toBeGreaterThan(20);
    expect(providers[1]?.refused).toMatch(/reads fail here/);
    expect(kernelChoice.chosen).toBe('x4');
    expect(ranks(system, ['a'], ['far']).kernelChoice.chosen).toBe('far');
  });
});

const withinOne = (first: number, next: number): boolean => next - first <= 1;

test('equals share a rank, the next counts them all, and null has none', () => {
  expect(ranksOf([5, null, 4, 9, 6, 4.5], withinOne)).toEqual([1, null, 1, 5, 4, 1]);
  expect(ranksOf([], withinOne)).toEqual([]);
});
