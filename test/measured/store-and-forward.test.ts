import { expect, test } from 'vitest';
import type { System } from '../../src/system/system.ts';
import { flow, measure, measureOne } from '../support/measured-run.ts';
import {
  type Below,
  device,
  type LinkText,
  measuredSystem,
  type Numbers,
  pcieSwitch,
} from '../support/measured-system.ts';

/*
 * Experiments E1 and E7 of reference/peers.md, section 5, made with cocotbext-pcie: switches that store and
 * forward in no time, 5 ns at either end of a link, headers of 3 double words, neither DLLP nor SKP, unlimited credits.
 */
const PORT: Numbers = { phy_latency: '5 ns' };
const TRANSFER = 16_384;

function sender(id: string, link: LinkText, payload = 256): Below {
  const dma = { write_chunk: `${payload} B`, mps: '256 B', header_double_words: 3 };
  return device(id, link, { port: PORT, dma });
}

const storing = (id: string, link: LinkText, below: readonly Below[]): Below =>
  pcieSwitch(id, link, below, { numbers: { port: PORT, forwarding: 'store-and-forward' } });

const names = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i}`);

/** As many devices `a0`, `a1`... below one switch, and `b0`, `b1`... below another on a root port of its own. */
function twoSwitches(count: number, link: LinkText, payload = 256): System {
  const below = (letter: string) => names(letter, count).map((id) => sender(id, link, payload));
  const switches = [storing('sw1', link, below('a')), storing('sw2', link, below('b'))];
  return measuredSystem({ cpu: { port: PORT }, below: switches });
}

/** Within 0.1 % of the published value. */
function expectNear(measured: number, published: number): void {
  expect(measured).toBeGreaterThanOrEqual(published * 0.999);
  expect(measured).toBeLessThanOrEqual(published * 1.001);
}

/** Rates of flows that run side by side, each of 30 transfers. */
function rates(system: System, pairs: readonly (readonly [string, string])[]): readonly number[] {
  const requests = pairs.map(([from, to]) => flow(from, to, TRANSFER, { transfers: 30, depth: 4 }));
  return measure(system, requests).flows.map(({ arrivals }) => arrivals.steadyRate_GBps(TRANSFER));
}

const ONE_SWITCH = [
  ['gen4x16', 64, 24.004, 25.332],
  ['gen4x16', 128, 27.25, 29.394],
  ['gen4x16', 256, 29.227, 37.518],
  ['gen3x16', 256, 14.612, 55.038],
  ['gen5x16', 256, 58.46, 28.758],
] as const;

for (const [link, payload, rate, first] of ONE_SWITCH) {
  test(`through one switch of ${link}, writes of ${payload} B reach ${rate} GB/s, the first after ${first} ns`, () => {
    const system = twoSwitches(2, link, payload);
    const { arrivals } = measureOne(system, flow('a0', 'a1', TRANSFER, { transfers: 20, depth: 4 }));
    expectNear(arrivals.steadyRate_GBps(TRANSFER), rate);
    expectNear(arrivals.first_ns, first);
  });
}

test('through two switches and a root complex the first write arrives after 75.036 ns: four links, each with its flight', () => {
  const { arrivals, result } = measureOne(twoSwitches(1, 'gen4x16'), flow('a0', 'b0', 256, { transfers: 1 }));
  expect(result.routes[0]?.turn).toBe('inter-host-bridge');
  expectNear(arrivals.first_ns, 75.036);
});

test.each(['store-and-forward', 'cut-through'])(
  'a root complex with a higher cap, or with none, never delivers a write later, behind switches that %s',
  (forwarding) => {
    const below = ['a0', 'b0'].map((id, i) =>
      pcieSwitch(`sw${i}`, 'gen4x16', [sender(id, 'gen4x16')], { numbers: { port: PORT, forwarding } }),
    );
    const caps = ['10 GB/s', '20 GB/s', '29 GB/s', '40 GB/s', '100 GB/s', 'unlimited'];
    const first = caps.map((rate) => {
      const scopes = { other_host_bridge: { write: { rate } } };
      const system = measuredSystem({ cpu: { port: PORT, scopes }, below });
      return measureOne(system, flow('a0', 'b0', 256, { transfers: 1 })).arrivals.first_ns;
    });
    expect(first).toEqual(first.toSorted((a, b) => b - a));
  },
);

test('writes through two switches and a root complex are as fast as through one switch', () => {
  for (const rate of rates(twoSwitches(1, 'gen4x16'), [['a0', 'b0']])) expectNear(rate, 29.227);
});

test('four senders to one receiver get 7.307 GB/s each', () => {
  const measured = rates(
    twoSwitches(5, 'gen4x16'),
    names('a', 4).map((from) => [from, 'a4']),
  );
  expect(measured).toHaveLength(4);
  for (const rate of measured) expectNear(rate, 7.307);
});

test('four pairs over one uplink get 7.307 GB/s each', () => {
  const measured = rates(
    twoSwitches(4, 'gen4x16'),
    names('a', 4).map((from, i) => [from, `b${i}`]),
  );
  expect(measured).toHaveLength(4);
  for (const rate of measured) expectNear(rate, 7.307);
});

test('four pairs of one switch do not disturb each other: 29.226 GB/s each', () => {
  const measured = rates(
    twoSwitches(8, 'gen4x16'),
    [0, 1, 2, 3].map((i) => [`a${i}`, `a${i + 4}`]),
  );
  expect(measured).toHaveLength(4);
  for (const rate of measured) expectNear(rate, 29.226);
});

const wire = (link: 'slow' | 'fast'): number => 276 / (link === 'slow' ? 3.9384615 : 31.5076923);

test.each([
  ['a slow link into a fast one when the tail has come', 'gen3x4', 'gen4x16', wire('slow')],
  ['a fast link into a slow one when the head has come', 'gen4x16', 'gen3x4', wire('slow')],
  ['links of one rate when the head has come', 'gen4x16', 'gen4x16', wire('fast')],
] as const)('a cut-through switch of 100 ns passes writes on from %s', (_, from, to, transmission) => {
  const ends = [sender('a0', from), sender('a1', to)];
  const numbers = { port: PORT, latency: '100 ns' };
  const system = measuredSystem({ below: [pcieSwitch('sw1', 'gen4x16', ends, { numbers })] });
  const { arrivals } = measureOne(system, flow('a0', 'a1', 256, { transfers: 1 }));
  expectNear(arrivals.first_ns, transmission + 2 * 10 + 100);
});
