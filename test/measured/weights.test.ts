import { describe, expect, test } from 'vitest';
import { flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem, pcieSwitch } from '../support/measured-system.ts';

/*
 * Weighted round robin: a switch lets its upstream port, and its downstream ports, send so many TLPs in their turns. All want the
 * output to one device `x` below the switch, all send TLPs of one size, and there is enough of each: so the weights are the rates.
 */
const SIZE = 65_536;
const LINE = (256 * 63.0153846) / 280;

/** Shares of the line of a flow that comes by the upstream port, and of `count` that come by downstream ports. */
function shares(
  weights: { upstream: number; downstream: number },
  count: number,
  payload = 256,
): readonly number[] {
  const dma = { write_chunk: `${payload} B` };
  const senders = Array.from({ length: count }, (_, i) => `d${i}`);
  const below = ['x', ...senders].map((id) => device(id, 'gen5x16', { dma }));
  const credits = { posted: { headers: 64, data: 64 * 16 } };
  const chip = pcieSwitch('sw', 'gen5x16', below, { numbers: { weights, port: { credits } } });
  const system = measuredSystem({ below: [chip, device('above', 'gen5x16', { dma })] });
  const requests = ['above', ...senders].map((from) => flow(from, 'x', SIZE, { depth: 4 }));
  const { flows } = measure(system, requests, { until: '60 us' });
  const line = (payload * 63.0153846) / (payload + 24);
  return flows.map(({ arrivals }) => arrivals.rateWithin_GBps(10_000, 60_000) / line);
}

function expectShares(reached: readonly number[], expected: readonly number[]): void {
  expect(reached).toHaveLength(expected.length);
  for (const [i, share] of reached.entries())
    expect(Math.abs(share - (expected[i] ?? NaN)), `${share} of flow ${i}`).toBeLessThan(0.005);
}

describe('where the upstream port and one downstream port want one output', () => {
  test.each([
    [1, 1],
    [3, 1],
    [1, 3],
    [2, 3],
    [8, 1],
  ])('weights of %i and %i are the ratio of their rates', (upstream, downstream) => {
    const all = upstream + downstream;
    expectShares(shares({ upstream, downstream }, 1), [upstream / all, downstream / all]);
  });

  test('they count TLPs, whatever their size', () => {
    expectShares(shares({ upstream: 3, downstream: 1 }, 1, 64), [0.75, 0.25]);
  });
});

test.each([
  [3, 1, 3],
  [2, 1, 2],
  [1, 2, 2],
])(
  'weights of %i and %i hold for each of several downstream ports: %i of them',
  (upstream, downstream, count) => {
    const all = upstream + count * downstream;
    const each = Array.from({ length: count }, () => downstream / all);
    expectShares(shares({ upstream, downstream }, count), [upstream / all, ...each]);
  },
);

test('a port that has nothing to send leaves its turn to the others', () => {
  const slow = device('slow', 'gen3x4');
  const below = [device('x', 'gen5x16'), device('d', 'gen5x16')];
  const chip = pcieSwitch('sw', 'gen5x16', below, { numbers: { weights: { upstream: 8, downstream: 1 } } });
  const requests = ['slow', 'd'].map((from) => flow(from, 'x', SIZE, { depth: 4 }));
  const { flows } = measure(measuredSystem({ below: [chip, slow] }), requests, { until: '60 us' });
  const [little = NaN, rest = NaN] = flows.map(({ arrivals }) => arrivals.rateWithin_GBps(10_000, 60_000));
  expect(Math.abs(little / ((256 * 3.93846154) / 280) - 1)).toBeLessThan(0.01);
  expect(Math.abs((little + rest) / LINE - 1)).toBeLessThan(0.01);
});
