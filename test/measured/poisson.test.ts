import { describe, expect, test } from 'vitest';
import { bytesPerSecond } from '../../src/units.ts';
import type { System } from '../../src/system/system.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem } from '../support/measured-system.ts';

/*
 * One TLP a transfer, wished as a Poisson process, over a Gen5 x16 link with unlimited credits: 280 B of a write, or 84 B of
 * a completion of 64 B that answers a request of 24 B.
 */
const GBPS = 63.0153846;

/** A device on a link with so much flight, and memory that answers after `completer_ns`. */
const machine = (flight_ns: number, completer_ns = 0): System =>
  measuredSystem({
    cpu: { memory_latency: `${completer_ns} ns` },
    below: [device('near', 'gen5x16', { port: { phy_latency: `${flight_ns} ns` } })],
  });

describe('writes that are wished as a Poisson process', () => {
  const service = 280 / GBPS;

  const flight = 300;

  for (const load of [0.3, 0.6]) {
    test(`at ${load} of the link's rate wait as in an M/D/1 queue (Pollaczek-Khinchine)`, () => {
      const rate = (256 * load) / service;
      const wishes = flow('near', 'mem:s0', 256, { transfers: 12_000, rate: bytesPerSecond(rate * 1e9) });
      const waits = ['a', 'b', 'c', 'd'].map((seed) => {
        const { result } = measureOne(machine(flight), wishes, { seed });
        expect(Math.abs((result.goodput_GBps ?? NaN) / rate - 1)).toBeLessThan(0.03);
        return (result.latency_ns?.mean ?? NaN) - service - flight;
      });
      const waited = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
      expect(Math.abs(waited / ((load * service) / (2 * (1 - load))) - 1)).toBeLessThan(0.05);
    });
  }
});

describe('reads that are wished as a Poisson process', () => {
  test.each([0, 50, 400])(
    'at a hundredth of the rate take the round trip of a lone one, %i ns of it at memory',
    (completer) => {
      const system = machine(20, completer);
      const alone = measureOne(system, flow('mem:s0', 'near', 64, { op: 'read', transfers: 1 })).result
        .latency_ns;
      const wishes = { op: 'read', transfers: 1000, rate: bytesPerSecond(0.01 * GBPS * 1e9) } as const;
      const { result } = measureOne(system, flow('mem:s0', 'near', 64, wishes));
      const mean = result.latency_ns?.mean ?? NaN;
      expect(mean).toBeGreaterThanOrEqual(alone?.mean ?? NaN);
      // one in a hundred finds another on the link
      expect(mean - (alone?.mean ?? NaN)).toBeLessThan(0.02 * (84 / GBPS));
    },
  );
});
