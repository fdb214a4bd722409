import { describe, expect, test } from 'vitest';
import type { System } from '../../src/system/system.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/*
 * FetchAdds of 8 B: a request carries its operand (16 B of header, 8 of data, 8 of framing) and is answered by the old value (12, 8
 * and 8). Non-posted, it needs a tag until then; with data, it needs a data credit besides its header credit (PCIe Base
 * Specification 5.0, sections 2.6.1 and 6.15). Rates are Little's law with loops that are summed by hand.
 */
const OPERAND = 8;
const PS_PER_BYTE = 1000 / 63.0153846;
const wire = (size: number): number => Math.round(size * PS_PER_BYTE);
const REQUEST = wire(16 + OPERAND + 8);
const ANSWER = wire(12 + OPERAND + 8);
const FLIGHT = 20_000;
const SWITCH = 115_000;
const COMPLETER = 400_000;
const ROUND_TRIP = REQUEST + ANSWER + 4 * FLIGHT + 2 * SWITCH + COMPLETER;
/** From the start of a request to the return of its credit from the switch. */
const CREDIT_LOOP = REQUEST + 2 * FLIGHT + SWITCH;
const PORT: Numbers = { phy_latency: '10 ns' };

interface Machine {
  readonly dma?: Numbers;
  readonly nonposted?: Numbers;
  readonly posted?: Numbers;
}

function machine({ dma = {}, nonposted = {}, posted = {} }: Machine): System {
  const near = device('near', 'gen5x16', { port: PORT, dma });
  const far = device('far', 'gen5x16', { port: PORT, completer: { latency: '400 ns' } });
  const port = { ...PORT, credits: { nonposted, posted } };
  return measuredSystem({
    below: [pcieSwitch('sw', 'gen5x16', [near, far], { numbers: { port, latency: '115 ns' } })],
  });
}

const ATOMIC = { op: 'atomic' as const };

/** Operands a second, in GB/s, over whole loops of so many. */
function rate(
  system: System,
  inLoop: number,
  more: Parameters<typeof flow>[3] = ATOMIC,
  size = OPERAND,
): number {
  const transfers = inLoop * 9 + 1;
  const [from, to] = more.op === 'read' ? ['far', 'near'] : ['near', 'far'];
  const request = flow(from, to, size, { transfers, depth: transfers, ...more });
  return measureOne(system, request).arrivals.steadyRate_GBps(size, inLoop * 2);
}

function expectReached(value: number, bound: number): void {
  expect(value).toBeLessThanOrEqual(bound * (1 + 1e-9));
  expect(value).toBeGreaterThanOrEqual(bound * 0.99);
}

describe('FetchAdds of 8 B', () => {
  test('take the round trip to the completer and back', () => {
    const { result } = measureOne(machine({}), flow('near', 'far', OPERAND, { ...ATOMIC, transfers: 1 }));
    expect((result.latency_ns?.mean ?? NaN) * 1e3).toBeCloseTo(ROUND_TRIP, 6);
  });

  test.each([1, 2, 8, 64, 256, 768])('reach %i tags each round trip', (tags) => {
    expectReached(rate(machine({ dma: { tags } }), tags), (tags * OPERAND * 1000) / ROUND_TRIP);
  });

  test('with more tags than the link needs fill the link with requests', () => {
    expectReached(rate(machine({ dma: { tags: 4096 } }), 4096), (OPERAND * 1000) / REQUEST);
  });

  test('of a longer array are each a request of their own', () => {
    const one = flow('near', 'far', 800, { ...ATOMIC, transfers: 4 });
    const { arrivals } = measureOne(machine({ dma: { tags: 8 } }), one);
    expect(arrivals.count).toBe(4 * 100);
    expect(arrivals.bytes).toBe(4 * 800);
  });

  test.each([1, 4, 30])('hold a data credit each: %i of them go each credit loop', (data) => {
    const reached = rate(machine({ nonposted: { headers: 127, data } }), data);
    expectReached(reached, (data * OPERAND * 1000) / CREDIT_LOOP);
  });

  test.each([1, 4, 30])('and a header credit each: %i of them go each credit loop', (headers) => {
    const reached = rate(machine({ nonposted: { headers, data: 2032 } }), headers);
    expectReached(reached, (headers * OPERAND * 1000) / CREDIT_LOOP);
  });

  test('but none of those of posted writes', () => {
    const posted = { headers: 1, data: 16 };
    expect(rate(machine({ posted, dma: { tags: 64 } }), 64)).toBe(rate(machine({ dma: { tags: 64 } }), 64));
  });
});

/** Rate of 64 reads at a time where the switch has so many non-posted data credits. */
const readRate = (data: number | 'infinite'): number =>
  rate(machine({ nonposted: { headers: 127, data }, dma: { tags: 64 } }), 64, { op: 'read' });

test('reads hold no data credit: one is as good as no limit', () => {
  expect(readRate(1)).toBe(readRate('infinite'));
});
