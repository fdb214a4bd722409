import { describe, expect, test } from 'vitest';
import { flowSpec } from '../../src/dma/flow-spec.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { flow, measure, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, pcieSwitch } from '../support/measured-system.ts';

const PAYLOAD = 256;
const TLP_NS = (PAYLOAD + 24) / 63.0153846;

/** Two sources below one switch, and two targets on root ports of their own. */
function machine(wait_ns: number): System {
  const sources = pcieSwitch('sw', 'gen5x16', [device('a', 'gen5x16'), device('b', 'gen5x16')]);
  const targets = [device('x', 'gen5x16'), device('y', 'gen5x16')];
  return measuredSystem({ cpu: { destination_change: `${wait_ns} ns` }, below: [sources, ...targets] });
}

const SIZE = 65_536;
const rateOf = (system: System, from: string, to: string, more = {}): number =>
  measureOne(system, flow(from, to, SIZE, { transfers: 24, depth: 8, ...more })).arrivals.steadyRate_GBps(
    SIZE,
    6,
  );

/** Sum of two flows, one from each source, whose TLPs alternate on the uplink. */
function alternating(wait_ns: number): number {
  const requests = [flow('a', 'x', SIZE), flow('b', 'y', SIZE)].map((each) => ({ ...each, depth: 8 }));
  const { flows } = measure(machine(wait_ns), requests, { until: '60 us' });
  return flows.reduce((sum, { arrivals }) => sum + arrivals.rateWithin_GBps(20_000, 60_000), 0);
}

/** One source that writes `block` bytes to one target, then as many to the other, one block at a time. */
function inBlocks(wait_ns: number, block: number): number {
  const spec = flowSpec({ from: ['a'], to: ['x'], size: bytes(block), depth: 1 });
  const numbers = { dma: { copies_in_flight: 1 } };
  const sources = pcieSwitch('sw', 'gen5x16', [device('a', 'gen5x16', numbers), device('b', 'gen5x16')]);
  const targets = [device('x', 'gen5x16'), device('y', 'gen5x16')];
  const system = measuredSystem({
    cpu: { destination_change: `${wait_ns} ns` },
    below: [sources, ...targets],
  });
  const flows = [
    { ...spec, depth: 2 },
    { ...spec, to: ['y'], id: 'other', depth: 2 },
  ];
  const { flows: measured } = measure(system, flows, { until: '80 us' });
  return measured.reduce((sum, { arrivals }) => sum + arrivals.rateWithin_GBps(20_000, 80_000), 0);
}

/** Sum of two reads, one by each source. */
function reading(wait_ns: number): number {
  const read = { op: 'read' as const, depth: 8 };
  const requests = [flow('x', 'a', SIZE, read), flow('y', 'b', SIZE, read)];
  const { flows } = measure(machine(wait_ns), requests, { until: '60 us' });
  return flows.reduce((sum, { arrivals }) => sum + arrivals.rateWithin_GBps(20_000, 60_000), 0);
}

describe('posted writes of one root port that change their destination', () => {
  test.each([0, 2, 5, 10, 20, 47, 95])('carry a payload per longer of %i ns and their own time', (wait) => {
    expect(Math.abs(alternating(wait) / (PAYLOAD / Math.max(wait, TLP_NS)) - 1)).toBeLessThan(0.01);
  });

  test('recover as blocks for one destination grow', () => {
    const rates = [256, 1024, 4096, 65_536].map((block) => inBlocks(95, block));
    expect(rates).toEqual(rates.toSorted((a, b) => a - b));
    expect(rates[0]).toBeLessThan(0.06 * (rates.at(-1) ?? NaN));
    expect(rates.at(-1)).toBeGreaterThan((0.97 * PAYLOAD) / TLP_NS);
  });

  test('reads are not concerned', () => {
    expect(Math.abs(reading(95) / reading(0) - 1)).toBeLessThan(0.01);
  });

  test('nor are writes to one destination', () => {
    expect(Math.abs(rateOf(machine(95), 'a', 'x') / rateOf(machine(0), 'a', 'x') - 1)).toBeLessThan(0.01);
  });
});
