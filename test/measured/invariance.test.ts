import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../src/node/load-system.ts';
import { setLink, withRedirect } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { flow, measure } from '../support/measured-run.ts';

/*
 * Rows 051 and 052 of the published measurements: the uplink of one switch of the WRX90 was forced to Gen2; the pair below
 * the switch kept 54.2 GB/s, the pair across the host bridge fell from 53.1 to 7.0.
 */
const TRANSFER = 16_384;
const flat = loadSystem('wrx90-2sw-flat');
const slow = setLink(flat, 'rp20', { generation: 2, width: 16 });

type Pair = readonly [from: string, to: string];

/** Steady rates of pairs that run at the same time. */
function rates(system: System, ...pairs: readonly Pair[]): readonly number[] {
  const requests = pairs.map(([from, to]) => flow(from, to, TRANSFER, { transfers: 24, depth: 4 }));
  return measure(system, requests).flows.map(({ arrivals }) => arrivals.steadyRate_GBps(TRANSFER, 4));
}

const rate = (system: System, pair: Pair): number => rates(system, pair)[0] as number;

/** 8 GB/s less SKP (1/376), of which payloads of 128 B in TLPs of 148 B, and the DLLPs of so many others, 127 ps each, leave a part. */
const gen2 = (others: number): number => (8 * (1 - 1 / 376) * 128) / (148 + 8 * 0.127 * others);

describe('with the uplink of one switch at Gen2 x16', () => {
  test('a pair below the switch is as fast as before', () => {
    expect(Math.abs(rate(slow, ['gpu0', 'gpu1']) / rate(flat, ['gpu0', 'gpu1']) - 1)).toBeLessThan(0.001);
  });

  test('all pairs below the switch at once are as fast as before, both ways', () => {
    const pairs: readonly Pair[] = [
      ['gpu0', 'gpu1'],
      ['gpu1', 'gpu0'],
      ['gpu2', 'gpu3'],
      ['gpu3', 'gpu2'],
    ];
    const before = rates(flat, ...pairs);
    for (const [i, now] of rates(slow, ...pairs).entries()) {
      expect(Math.abs(now / (before[i] ?? NaN) - 1)).toBeLessThan(0.001);
    }
  });

  test('a pair below the other switch is as fast as before', () => {
    expect(Math.abs(rate(slow, ['gpu4', 'gpu5']) / rate(flat, ['gpu4', 'gpu5']) - 1)).toBeLessThan(0.001);
  });

  test.each([
    ['out of the slow switch', ['gpu0', 'gpu4']],
    ['into the slow switch', ['gpu4', 'gpu0']],
  ] as const)('a pair across the host bridge, %s, falls to what Gen2 x16 carries', (_, pair) => {
    const now = rate(slow, pair);
    expect(Math.abs(now / gen2(0) - 1)).toBeLessThan(0.001);
    expect(rate(flat, pair)).toBeGreaterThan(53);
    expect(Math.abs(now / 7.0 - 1)).toBeLessThan(0.05);
  });

  test('a read across the host bridge falls to what Gen2 x16 carries of completions, with the DLLPs of a request for four of them', () => {
    const [read] = measure(slow, [flow('gpu4', 'gpu0', 524_288, { op: 'read', transfers: 1 })]).flows;
    const now = read?.arrivals.rateWithin_GBps(25_000, 55_000) ?? NaN;
    expect(Math.abs(now / gen2(0.25) - 1)).toBeLessThan(0.001);
  });

  test('a pair below the switch with redirect falls to what Gen2 x16 carries up and down', () => {
    const now = rate(withRedirect(slow, 'all'), ['gpu0', 'gpu1']);
    expect(Math.abs(now / gen2(1) - 1)).toBeLessThan(0.001);
  });

  test('redirect of one port alone is enough, and slows only the writes that come in by it', () => {
    const redirected = withRedirect(slow, ['sw1.d0']);
    expect(Math.abs(rate(redirected, ['gpu0', 'gpu1']) / gen2(1) - 1)).toBeLessThan(0.001);
    expect(Math.abs(rate(redirected, ['gpu1', 'gpu0']) / rate(flat, ['gpu1', 'gpu0']) - 1)).toBeLessThan(
      0.001,
    );
  });

  test('a pair below the other switch with redirect keeps what it has on a fast uplink', () => {
    const before = rate(withRedirect(flat, 'all'), ['gpu4', 'gpu5']);
    expect(Math.abs(rate(withRedirect(slow, 'all'), ['gpu4', 'gpu5']) / before - 1)).toBeLessThan(0.001);
  });
});
