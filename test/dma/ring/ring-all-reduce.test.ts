import { describe, expect, test } from 'vitest';
import { StuckError } from '../../../src/engine/stuck-error.ts';
import { bytes } from '../../../src/units.ts';
import {
  belowOne,
  busRate,
  NAMES,
  ring,
  ringOf,
  runRings,
  SliceRecorder,
  writeRate,
} from '../../support/measured-ring.ts';
import { flow, measureOne } from '../../support/measured-run.ts';
import { expectNear } from '../../support/measured-staging.ts';
import { device, measuredSystem, pcieSwitch } from '../../support/measured-system.ts';

const MIB = 2 ** 20;
const FOUR = ['gen4x16', 'gen4x16', 'gen4x16', 'gen4x16'] as const;
const SLOW = ['gen4x16', 'gen4x16', 'gen4x16', 'gen4x4'] as const;
/** Slices of 64 KiB, so that a few MiB are many. */
const small = { buffer: bytes(MIB / 2) };

describe('a ring all-reduce', () => {
  test('comes on links of one rate to the bus bandwidth of one of them, and never above', () => {
    for (const count of [2, 3, 4]) {
      const rate = busRate(belowOne(FOUR), ring(count, count * 4 * MIB, small));
      expect(rate).toBeLessThanOrEqual(writeRate(16));
      expectNear(rate, writeRate(16), 0.01);
    }
  });

  test('by reads comes to the rate of completions', () => {
    // completions of 256 B are 276 B; one request of 24 B for each 512 B goes the way of the completions of the other edge
    const link = (16 * 16 * 128) / 130 / 8;
    const rate = busRate(belowOne(FOUR), ring(4, 16 * MIB, { ...small, op: 'read' }));
    expect(rate).toBeLessThanOrEqual((link * 512) / (2 * 276 + 24) + 1e-9);
    expectNear(rate, (link * 512) / (2 * 276 + 24), 0.01);
  });

  test('says the time of an iteration, size over time, and 2(N-1)/N times that', () => {
    const result = runRings(belowOne(FOUR), [ring(4, 4 * MIB, { ...small, iterations: 3 })]);
    const { time_ns, algbw_GBps, busbw_GBps } = ringOf(result);
    expectNear((time_ns ?? Number.NaN) * 3e3, result.end_ps, 1e-12);
    expectNear(algbw_GBps ?? Number.NaN, (4 * MIB) / (time_ns ?? Number.NaN), 1e-12);
    expectNear(busbw_GBps ?? Number.NaN, ((algbw_GBps ?? Number.NaN) * 2 * 3) / 4, 1e-12);
  });

  test('between two devices sends each half there and back at once', () => {
    const result = runRings(belowOne(FOUR), [ring(2, 8 * MIB)]);
    expect(result.flows.map(({ from, to, bytes: moved }) => [from, to, moved])).toEqual([
      ['a', 'b', 8 * MIB],
      ['b', 'a', 8 * MIB],
    ]);
    expectNear(ringOf(result).time_ns ?? Number.NaN, (8 * MIB) / writeRate(16), 0.01);
  });

  test.each(['write', 'read'] as const)('by %ss moves 2(N-1)/N of the size from each device', (op) => {
    for (const count of [2, 3, 4, 8]) {
      const system = belowOne(NAMES.map(() => 'gen4x16' as const));
      const { flows } = runRings(system, [ring(count, count * MIB, { op, iterations: 2 })]);
      expect(flows.map(({ bytes: moved }) => moved)).toEqual(
        Array.from({ length: count }, () => 2 * 2 * (count - 1) * MIB),
      );
    }
  });

  test('is bound by its slowest edge', () => {
    const result = runRings(belowOne(SLOW), [ring(4, 16 * MIB, small)]);
    const rate = ringOf(result).busbw_GBps ?? Number.NaN;
    expect(rate).toBeLessThanOrEqual(writeRate(4));
    expectNear(rate, writeRate(4), 0.01);
    // the link of d, on which one edge ends and the next begins
    const first = new Map(result.flows.map(({ id, limitedBy }) => [id, limitedBy[0]]));
    expect(first.get('r/c>d')?.resource).toBe('link:sw.d3:down');
    expect(first.get('r/d>a')?.resource).toBe('link:sw.d3:up');
    for (const edge of ['r/c>d', 'r/d>a']) expect(first.get(edge)?.share).toBeGreaterThan(0.95);
    // the others have nothing to send, or no slot to send to, three quarters of their time
    for (const [edge, from, to] of [
      ['r/a>b', 'a', 'b'],
      ['r/b>c', 'b', 'c'],
    ] as const) {
      const own = result.flows.find(({ id }) => id === edge)?.limitedBy ?? [];
      const idle = own.filter(({ resource }) => [`ring-data:${from}`, `ring-slots:${to}`].includes(resource));
      expectNear(
        idle.reduce((sum, { share }) => sum + share, 0),
        0.75,
        0.02,
      );
    }
  });

  test('of little data takes 2(N-1) times the latency of one write', () => {
    const system = belowOne(FOUR, { through: { latency: '115 ns' }, of: { port: { phy_latency: '10 ns' } } });
    for (const share of [4, 256, 4096]) {
      const { latency_ns } = measureOne(system, flow('a', 'b', share, { transfers: 1 })).result;
      const least = 2 * 3 * (latency_ns?.mean ?? Number.NaN);
      const { time_ns } = ringOf(runRings(system, [ring(4, 4 * share)]));
      expect(time_ns).toBeGreaterThanOrEqual(least * (1 - 1e-12));
      expectNear(time_ns ?? Number.NaN, least, 1e-9);
    }
  });

  test.each([0, 1, 2, 3])(
    'begins each iteration when the last device has ended the one before, device %i writing slowly',
    (slow) => {
      const recorder = new SliceRecorder();
      const numbers = (i: number) => (i === slow ? { dma: { write_gap: '50 ns' } } : {});
      const below = FOUR.map((link, i) => device(NAMES[i] as string, link, numbers(i)));
      const system = measuredSystem({ below: [pcieSwitch('sw', 'gen4x16', below)] });
      runRings(system, [ring(4, 2 * MIB, { ...small, iterations: 4 })], { recorder });
      const edges = [0, 1, 2, 3].map((edge) => recorder.of(edge));
      const each = (edges[0]?.length ?? 0) / 4;
      for (let iteration = 1; iteration < 4; iteration++) {
        const ends = edges.map((slices) => slices[iteration * each - 1]?.ended ?? Number.NaN);
        const begins = edges.map((slices) => slices[iteration * each]?.issued ?? Number.NaN);
        expect(Math.min(...begins)).toBe(Math.max(...ends));
      }
    },
  );

  test('needs two slots at each device, and with these ends at whatever size', () => {
    for (const count of [2, 3, 4]) {
      for (const op of ['write', 'read'] as const) {
        const spec = ring(count, MIB, { buffer: bytes(MIB / 8), slots: 2, op });
        expect(ringOf(runRings(belowOne(FOUR), [spec])).refused).toBeNull();
        expect(() => runRings(belowOne(FOUR), [{ ...spec, slots: 1 }])).toThrow(StuckError);
      }
    }
    expect(() => runRings(belowOne(FOUR), [{ ...ring(3, MIB), slots: 1 }])).toThrow(
      'ring r has 1 iteration left: a waits for a free slot at b, b waits for a free slot at c, c waits for a free slot at a',
    );
  });

  test('is as fast with half the slots where latency is short, and slower with two', () => {
    const system = belowOne(FOUR, { through: { latency: '500 ns' } });
    const slots = (count: number): number =>
      busRate(system, ring(4, 16 * MIB, { buffer: bytes(count * 65_536), slots: count }));
    expectNear(slots(4), slots(8), 0.01);
    expect(slots(2)).toBeLessThan(0.9 * slots(4));
  });
});
