import { describe, expect, test } from 'vitest';
import { flowSpec } from '../../src/dma/flow-spec.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { measure } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/*
 * N saturated senders of equal TLPs below one switch, each TLP to one of N receivers at random: the limits of a slotted
 * input-queued switch (Karol, Hluchyj and Morgan, Input Versus Output Queueing on a Space-Division Packet Switch, IEEE
 * Transactions on Communications 35(12), 1987, table I). All begin together and all TLPs last equally long, so time has slots.
 */
const PAYLOAD = 256;
const WIRE = PAYLOAD + 24;
const RATE = 63.0153846;
const LIMIT = (RATE * PAYLOAD) / WIRE;
const POSTED = { headers: 256, data: 256 * 16 };

function fabric(ports: number, numbers: Numbers): System {
  const names = (kind: string) => Array.from({ length: ports }, (_, i) => device(`${kind}${i}`, 'gen5x16'));
  const port = { port: { flow_control_scale: 4, credits: { posted: POSTED } } };
  const below = [...names('from'), ...names('to')];
  return measuredSystem({
    below: [pcieSwitch('sw', 'gen5x16', below, { numbers: { ...port, ...numbers } })],
  });
}

/** Share of the senders' links in use, over `slots` times that of a TLP. */
function throughput(ports: number, numbers: Numbers, slots: number): number {
  const receivers = Array.from({ length: ports }, (_, i) => `to${i}`);
  const flows = Array.from({ length: ports }, (_, i) =>
    flowSpec({ from: [`from${i}`], to: receivers, size: bytes(1 << 20), depth: 2, spread: 'request' }),
  );
  const slot = WIRE / RATE;
  const { flows: measured } = measure(fabric(ports, numbers), flows, { until: `${slot * slots} ns` });
  const rates = measured.map(({ arrivals }) => arrivals.rateWithin_GBps(0.2 * slot * slots, slot * slots));
  return rates.reduce((sum, rate) => sum + rate, 0) / ports / LIMIT;
}

describe('a switch with in-order ingress queues that each send one TLP at a time', () => {
  test.each([
    [2, 0.75, 30_000],
    [4, 0.6553, 20_000],
    [8, 0.6184, 12_000],
    [16, 0.6013, 6000],
    [32, 0.5929, 3000],
  ])('with %i senders reaches the limit %f of head-of-line blocking', (ports, limit, slots) => {
    const reached = throughput(ports, { ingress_speedup: 1 }, slots);
    expect(Math.abs(reached / limit - 1)).toBeLessThan(0.015);
  });
});

test('where an ingress queue may send several TLPs at a time, 4 senders reach 0.774', () => {
  expect(Math.abs(throughput(4, { ingress_speedup: 'unlimited' }, 20_000) / 0.774 - 1)).toBeLessThan(0.015);
});

test('with virtual output queues nothing is blocked by the head of a queue', () => {
  const numbers = { ingress_speedup: 1, queues: 'virtual-output', order: 'egress' };
  expect(throughput(4, numbers, 20_000)).toBeGreaterThan(0.98);
});
