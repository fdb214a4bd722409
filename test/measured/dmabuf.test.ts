import { describe, expect, test } from 'vitest';
import type { ImporterSpec } from '../../src/dma/life/life-spec.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import {
  ASK,
  DATA,
  DEVICE,
  FILL,
  FLUSH,
  KIB,
  lifeMachine,
  MEMORY,
  onLink,
  PIECES,
  READ,
  WRITE,
} from '../support/life-machine.ts';
import { eventOf, live, type MeasuredLife, move, ps, shared, step, user } from '../support/measured-life.ts';

/** What a revoke at `at` us costs under one driver. */
const revoked = (system: System, at: number, changes: Partial<ImporterSpec>): MeasuredLife =>
  live(system, [shared([user('a', changes)], [step(at, 'revoke')])]);

describe('the copy of a move takes', () => {
  test.each([
    [64, 'gen5x16'],
    [1024, 'gen5x16'],
    [256, 'gen3x4'],
  ] as const)(
    '%i KiB at the rate of the %s link of the GPU, and the latency of memory where it reads',
    (kib, gpu) => {
      const steps = [move(10, 'mem:s0'), move(400, 'g')];
      const buffer = shared([], steps, { size: bytes(kib * KIB) });
      const [out, back] = live(lifeMachine({ gpu }), [buffer], 800).events;
      const pieces = (kib * KIB) / 256;
      // cut-through: from the last byte of the slow link to the end of the faster ones takes no time
      expect(ps(out?.costs.copy_ns ?? 0)).toBe(pieces * onLink(16 + 256, gpu));
      expect(ps(back?.costs.copy_ns ?? 0)).toBe(onLink(16, gpu) + MEMORY + pieces * onLink(12 + 256, gpu));
      for (const event of [out, back]) expect(event?.total_ns).toBe(event?.costs.copy_ns);
    },
  );
});

describe('the drain of reads takes', () => {
  test.each([20, 20.1, 20.25, 20.33])('what is left of the only one at %f us', (at) => {
    const { drain_reads_ns } = eventOf(revoked(lifeMachine(), at, { depth: 1 }), 'revoke').costs;
    expect(ps(drain_reads_ns)).toBe(READ - ((ps(at * 1e3) - FILL) % READ));
  });

  test.each([8, 64, 200])('all of depth %i at the rate of the link, where that binds', (depth) => {
    const at = 100;
    const { drain_reads_ns } = eventOf(revoked(lifeMachine(), at, { depth }), 'revoke').costs;
    const one = PIECES * DATA;
    const sinceLastEnd = (ps(at * 1e3) - FILL - ASK - DEVICE) % one;
    expect(ps(drain_reads_ns)).toBe(depth * one - sinceLastEnd);
  });
});

describe('the drain of posted writes takes', () => {
  test.each([20, 20.03, 20.06])(
    'what the device has not sent at %f us, and the way of a read behind it',
    (at) => {
      const life = revoked(lifeMachine(), at, { op: 'write' });
      const one = PIECES * WRITE;
      const left = one - ((ps(at * 1e3) - FILL) % one);
      expect(ps(eventOf(life, 'revoke').costs.drain_writes_ns)).toBe(left + FLUSH);
    },
  );

  test.each([1, 4, 32])(
    'what %i writes have piled up before a slow link, and a read behind them',
    (depth) => {
      const life = revoked(lifeMachine({ gpu: 'gen3x4' }), 100, { op: 'write', depth });
      const event = eventOf(life, 'revoke');
      const ends = life.arrivals.flatMap(({ ended }) => ended ?? []);
      const lastEnd = ends.filter((time) => time <= 100e6).at(-1) ?? Number.NaN;
      const piled = depth * PIECES * onLink(16 + 256, 'gen3x4') - (100e6 - lastEnd);
      const flush = onLink(16, 'gen3x4') + DEVICE + onLink(12 + 4, 'gen3x4');
      expect(ps(event.costs.drain_writes_ns)).toBe(piled + flush);
    },
  );

  test.each(['gen5x16', 'gen3x4'] as const)(
    'until every write has arrived over the %s link of the GPU',
    (gpu) => {
      for (const depth of [1, 7, 32]) {
        const life = revoked(lifeMachine({ gpu }), 50.0123, { op: 'write', depth });
        const writes = life.arrivals.filter(({ flow }) => flow === 'a@g');
        const { from_ps, to_ps } = eventOf(life, 'revoke');
        const within = writes.filter(({ time }) => time > from_ps);
        expect(within.length).toBeGreaterThan(0);
        expect(Math.max(...within.map(({ time }) => time))).toBeLessThanOrEqual(to_ps);
        expect(writes.length % PIECES).toBe(0);
      }
    },
  );
});
