import { describe, expect, test } from 'vitest';
import type { FlowRequest } from '../../src/dma/flow-spec.ts';
import { parseTime } from '../../src/units.ts';
import type { System } from '../../src/system/system.ts';
import { flow, measure, type Measured } from '../support/measured-run.ts';
import {
  changed,
  type Below,
  device,
  measuredSystem,
  type Numbers,
  pcieSwitch,
} from '../support/measured-system.ts';

/*
 * Senders `a0`, `a1`... below one switch, receivers `b0`, `b1`... below another, both uplinks Gen5 x16, with latencies,
 * SKP, DLLPs and credits as real parts have them. Measured over one uplink of such machines: 53.8, 53.3 and 51.6 GB/s for
 * 2, 4 and 16 flows.
 */
const PORT: Numbers = {
  skp: '1/376',
  phy_latency: '10 ns',
  dllp: '1 per TLP',
  credits: {
    posted: { headers: 127, data: 2032 },
    nonposted: { headers: 127, data: 127 },
    completion: { headers: 127, data: 2032 },
  },
};
/** Devices must take completions without limit. */
const DEVICE_PORT = changed(PORT, {
  credits: { completion: { headers: 'infinite', data: 'infinite' } },
});
const UPLINK = 63.0153846 * (1 - 1 / 376);
const SIZE = 8192;

const gpu = (id: string, payload = 256): Below =>
  device(id, 'gen5x16', { port: DEVICE_PORT, dma: { write_chunk: `${payload} B` } });

const between = (id: string, below: readonly Below[]): Below =>
  pcieSwitch(id, 'gen5x16', below, { numbers: { latency: '115 ns', port: PORT } });

/** One sender and one receiver for each payload of writes. */
function machine(payloads: readonly number[]): System {
  const latency = { latency: '195 ns' };
  const scopes = { other_host_bridge: { write: latency, read: latency } };
  const senders = payloads.map((payload, i) => gpu(`a${i}`, payload));
  const receivers = payloads.map((_, i) => gpu(`b${i}`));
  return measuredSystem({
    cpu: { port: PORT, scopes },
    below: [between('sw1', senders), between('sw2', receivers)],
  });
}

const same = (count: number, payload = 256): readonly number[] =>
  Array.from({ length: count }, () => payload);

const UNTIL = 12;
const FROM = 3;

/** All pairs write (or the senders read) as much as they can, for 12 us. */
function share(
  payloads: readonly number[],
  more: (i: number) => Partial<FlowRequest> = () => ({}),
): Measured {
  const requests = payloads.map((_, i) => flow(`a${i}`, `b${i}`, SIZE, { depth: 16, ...more(i) }));
  return measure(machine(payloads), requests, { until: `${UNTIL} us` });
}

/** Rates after the first 3 us, when all buffers are full. */
const ratesOf = ({ flows }: Measured): readonly number[] =>
  flows.map(({ arrivals }) => arrivals.rateWithin_GBps(FROM * 1e3, UNTIL * 1e3));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** 1 where all are equal, 1/n where one has all (Jain, Chiu, Hawe 1984). */
const jain = (values: readonly number[]): number =>
  sum(values) ** 2 / (values.length * sum(values.map((value) => value * value)));

const near = (value: number, expected: number, tolerance: number): void => {
  expect(Math.abs(value / expected - 1)).toBeLessThan(tolerance);
};

describe('equal flows over one Gen5 x16 uplink', () => {
  test.each([2, 4, 16])('of %i writers sum to one uplink and get the same', (count) => {
    const rates = ratesOf(share(same(count)));
    near(sum(rates), (UPLINK * 256) / 280, 0.002);
    expect(jain(rates)).toBeGreaterThan(0.99);
  });

  test.each([2, 4, 16])('of %i writers get the same in the table of results', (count) => {
    const rates = share(same(count)).result.flows.map(({ goodput_GBps }) => goodput_GBps ?? 0);
    // the table counts from the first issue, and the first arrival comes 0.5 of 12 us later
    near(sum(rates), (UPLINK * 256) / 280, 0.05);
    expect(jain(rates)).toBeGreaterThan(0.99);
  });

  test.each([2, 4, 16])('of %i readers sum to one uplink and get the same', (count) => {
    // 256 KiB of reads under way, with which requests come as evenly as completions after the first 3 us
    const reads = (i: number): Partial<FlowRequest> => ({
      from: [`b${i}`],
      to: [`a${i}`],
      op: 'read',
      depth: 32 / count,
    });
    const rates = ratesOf(share(same(count), reads));
    // each request of 512 B that the uplink takes up is answered by two completions and acknowledged by one DLLP down
    near(sum(rates), (UPLINK * 512) / (2 * 276 + 8), 0.002);
    expect(jain(rates)).toBeGreaterThan(0.99);
  });

  test('that start one after the other get the same once all have started', () => {
    const rates = ratesOf(share(same(4), (i) => ({ start: parseTime(`${i * 777} ns`) })));
    near(sum(rates), (UPLINK * 256) / 280, 0.002);
    expect(jain(rates)).toBeGreaterThan(0.99);
  });
});

describe('flows of unlike TLPs over one Gen5 x16 uplink', () => {
  const PAIR = [64, 256];

  test('of 64 B and 256 B share by TLP: the rates are as 1 to 4', () => {
    const [small = NaN, large = NaN] = ratesOf(share(PAIR));
    near(large / small, 4, 0.01);
    near(small + large, (UPLINK * (64 + 256)) / (88 + 280), 0.002);
  });

  test('of 64 B and 256 B are as 1 to 4 in the table of results', () => {
    const [small, large] = share(PAIR).result.flows;
    near((large?.goodput_GBps ?? NaN) / (small?.goodput_GBps ?? NaN), 4, 0.02);
  });

  test('of 64 B, 128 B and 256 B, three of each, share by TLP', () => {
    const payloads = [...same(3, 64), ...same(3, 128), ...same(3, 256)];
    const rates = ratesOf(share(payloads));
    const tlps = rates.map((rate, i) => rate / (payloads[i] ?? NaN));
    expect(jain(tlps)).toBeGreaterThan(0.9999);
    near(sum(rates), (UPLINK * (64 + 128 + 256)) / (88 + 152 + 280), 0.002);
  });
});
