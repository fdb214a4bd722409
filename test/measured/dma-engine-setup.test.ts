import { describe, expect, test } from 'vitest';
import { bytes } from '../../src/units.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers } from '../support/measured-system.ts';

/** Gen3 x8 in B/ns; on the wire besides the payload 24 B of a request with a 64-bit address, 20 B of a completion. */
const WIRE = (8 * 8 * 128) / 130 / 8;
const REQUEST = 24;
const COMPLETION = 20;
const MEMORY_NS = 400;

const machine = (dma: Numbers, cpu: Numbers = {}) =>
  measuredSystem({
    cpu: { memory_latency: `${MEMORY_NS} ns`, ...cpu },
    below: [device('a', 'gen3x8', { dma })],
  });

const writeRate = (size: number, dma: Numbers): number =>
  measureOne(
    machine(dma),
    flow('a', 'mem:s0', size, { transfers: 2000, depth: 16 }),
  ).arrivals.steadyRate_GBps(size, 100);

const readRate = (size: number, dma: Numbers, cpu: Numbers = {}): number => {
  const reads = flow('mem:s0', 'a', size, { op: 'read', transfers: 2000, depth: 64, region: bytes(4096) });
  return measureOne(machine(dma, cpu), reads).arrivals.steadyRate_GBps(size, 200);
};

const readLatency = (size: number, dma: Numbers): number =>
  measureOne(machine(dma), flow('mem:s0', 'a', size, { op: 'read', transfers: 5 })).result.latency_ns?.mean ??
  NaN;

const expectWithin = (value: number, expected: number, within: number): void =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(within);

describe('the DMA engine of a device', () => {
  test('starts writes no closer than its gap between writes, and reads closer', () => {
    expectWithin(writeRate(64, { write_gap: '21 ns' }), 64 / 21, 1e-3);
    expectWithin(readRate(64, { write_gap: '21 ns' }), (64 / (64 + COMPLETION)) * WIRE, 5e-3);
  });

  test('sets up each turn of a write between the wire times of its TLPs', () => {
    const wire = (256 + REQUEST) / WIRE;
    expectWithin(writeRate(256, { write_setup: '5 ns' }), 256 / (wire + 5), 1e-3);
    const turns = { write_setup: '5 ns', granularity: '512 B' };
    expectWithin(writeRate(2048, turns), 512 / (2 * wire + 5), 5e-3);
  });

  test('ends a read when its data has landed, with its bytes at a rate', () => {
    const landing = { latency: '25 ns', rate: '8 GB/s' };
    expect(readLatency(2048, { landing }) - readLatency(2048, {})).toBeCloseTo(25 + 2048 / 8, 6);
  });

  test('holds no tag while the data of a read lands', () => {
    const landing = { latency: '1 us', rate: 'unlimited' };
    const trip = (REQUEST + COMPLETION + 64) / WIRE + MEMORY_NS;
    expectWithin(readRate(64, { landing, tags: 8 }), (8 * 64) / trip, 5e-3);
  });
});

test('a root complex answers short reads by completions of one RCB, and longer ones by its chunk', () => {
  const cpu = { short_reads: '256 B' };
  expectWithin(readRate(256, {}, cpu), (64 / (64 + COMPLETION)) * WIRE, 5e-3);
  expectWithin(readRate(512, {}, cpu), (256 / (256 + COMPLETION)) * WIRE, 5e-3);
});
