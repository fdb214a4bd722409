import { describe, expect, test } from 'vitest';
import { flowSpec } from '../../src/dma/flow-spec.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, parseTime } from '../../src/units.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import {
  device,
  type LinkText,
  measuredSystem,
  type Numbers,
  pcieSwitch,
} from '../support/measured-system.ts';

/*
 * In flit mode 236 of 256 bytes carry TLPs, without framing; a flit takes 2 ns at Gen6 x16 and 8 ns at x4, and a TLP is of use
 * when the flit in which it ends has come (pcie-facts, sections 1 and 3; the rates at x16 are those of its table).
 */
const PORT: Numbers = { phy_latency: '10 ns' };
const FLIGHT = 20_000;

function machine(from: LinkText, to: LinkText, payload: number, latency_ns: number): System {
  const dma = { mps: payload > 256 ? '512 B' : '256 B', write_chunk: `${payload} B`, mrrs: '512 B' };
  const completer = { completion_chunk: `${Math.max(payload, 128)} B` };
  const ends = [
    device('a', from, { port: PORT, dma, completer }),
    device('b', to, { port: PORT, dma, completer }),
  ];
  const numbers = { port: PORT, latency: `${latency_ns} ns` };
  return measuredSystem({ below: [pcieSwitch('sw', 'gen7x16', ends, { numbers })] });
}

const SIZE = 65_536;
const within = (value: number, expected: number, share: number): void =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(share);

function rate(link: LinkText, payload: number, op: 'write' | 'read'): number {
  const [from, to] = op === 'write' ? ['a', 'b'] : ['b', 'a'];
  const request = flow(from, to, SIZE, { op, transfers: 24, depth: 8 });
  return measureOne(machine(link, link, payload, 100), request).arrivals.steadyRate_GBps(SIZE, 6);
}

test.each([
  ['gen6x16', 64, 94.4],
  ['gen6x16', 128, 104.889],
  ['gen6x16', 256, 111.059],
  ['gen6x16', 512, 114.424],
  ['gen6x4', 64, 94.4 / 4],
  ['gen6x4', 256, 111.059 / 4],
  ['gen7x16', 64, 188.8],
  ['gen7x16', 256, 222.118],
] as const)(
  'over %s writes of %i B reach %f GB/s: 236/256 of the raw rate, less a header of 16 B each',
  (link, payload, expected) => within(rate(link, payload, 'write'), expected, 0.001),
);

test.each([
  ['gen6x16', 128, 107.886],
  ['gen6x16', 256, 112.716],
  ['gen6x16', 512, 115.298],
  ['gen6x4', 256, 112.716 / 4],
  ['gen7x16', 256, 225.433],
] as const)(
  'over %s completions of %i B reach %f GB/s, with a header of 12 B each',
  (link, payload, expected) => within(rate(link, payload, 'read'), expected, 0.001),
);

const FLIT = { gen6x16: 2000, gen6x4: 8000, gen6x1: 32_000, gen7x16: 1000 } as const;
type FlitLink = keyof typeof FLIT;

/** From the start of a lone write to its tail at the other end, in ps. */
function alone(link: FlitLink, payload: number, latency_ns: number): number {
  const request = flow('a', 'b', payload, { transfers: 1 });
  return measureOne(machine(link, link, payload, latency_ns), request).arrivals.first_ns * 1e3;
}

describe('a lone write through a switch of 100 ns takes', () => {
  /* Flits until it can be used: its own, and one more as the switch sends on what has its header in the first. */
  test.each([
    ['gen6x16', 64, 2],
    ['gen6x16', 220, 2],
    ['gen6x16', 224, 3],
    ['gen6x16', 256, 3],
    ['gen6x16', 512, 4],
    ['gen6x1', 64, 2],
    ['gen6x1', 512, 4],
    ['gen7x16', 256, 3],
  ] as const)('over %s with %i B two flights, the switch and %i flits', (link, payload, flits) => {
    // all of it whole flits
    const latency = FLIT[link] === 32_000 ? 96 - 20 : 100;
    expect((FLIGHT + latency * 1000) % FLIT[link]).toBe(0);
    expect(alone(link, payload, latency)).toBe(2 * FLIGHT + latency * 1000 + flits * FLIT[link]);
  });

  test.each([
    ['gen6x16', 256, 115],
    ['gen6x16', 64, 101],
    ['gen6x16', 512, 99.3],
    ['gen6x4', 256, 113],
    ['gen6x4', 64, 100],
    ['gen7x16', 512, 100.5],
  ] as const)(
    'over %s with %i B and a switch of %f ns what the ends of flits make of it',
    (link, payload, latency) => {
      const flit = FLIT[link];
      const end = (time: number): number => Math.ceil(time / flit) * flit;
      const duration = (size: number): number => Math.round((size * flit) / 236);
      const header = end(duration(16)) + FLIGHT + latency * 1000;
      const tail = end(duration(16 + payload)) + FLIGHT + latency * 1000;
      const start = Math.max(header, tail - duration(16 + payload));
      expect(alone(link, payload, latency)).toBe(end(start + duration(16 + payload)) + FLIGHT);
    },
  );
});

class Times implements Recorder<DeliveryFact> {
  readonly all: number[] = [];
  add({ time }: DeliveryFact): void {
    this.all.push(time);
  }
}

test.each(['gen6x16', 'gen6x4', 'gen7x16'] as const)('over %s all arrives at the ends of flits', (link) => {
  const times = new Times();
  const shared = { transfers: 50, size: bytes(1000), depth: 2 };
  new Runner().run({
    system: machine(link, link, 256, 115),
    profile: loadKernelProfile(),
    flows: [
      flowSpec({ ...shared, from: ['a'], to: ['b'], start: parseTime('333 ps') }),
      flowSpec({ ...shared, from: ['a'], to: ['b'], op: 'read', id: 'reads' }),
    ],
    seed: '1',
    until: null,
    recorders: { deliveries: [times] },
  });
  expect(times.all.length).toBeGreaterThanOrEqual(2 * 50 * 4);
  expect(times.all.filter((time) => (time - FLIGHT) % FLIT[link] !== 0)).toEqual([]);
});

test('from Gen5 into flits, and from flits into Gen5, writes go at the rate of Gen5', () => {
  for (const [from, to] of [
    ['gen5x16', 'gen6x16'],
    ['gen6x16', 'gen5x16'],
  ] as const) {
    const request = flow('a', 'b', SIZE, { transfers: 24, depth: 8 });
    const { arrivals } = measureOne(machine(from, to, 256, 100), request);
    within(arrivals.steadyRate_GBps(SIZE, 6), 57.614, 0.001);
  }
});
