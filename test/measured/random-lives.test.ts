import { expect, test } from 'vitest';
import { Runner } from '../../src/experiment/runner.ts';
import { EXPORTER_COSTS } from '../../src/dma/life/bill.ts';
import { randomLife } from '../support/random-life.ts';

const RUNS = 60;

/** A run throws where an invariant is broken: also where a TLP comes to memory that has gone. */
const lives = Array.from({ length: RUNS }, (_, seed) => {
  const result = new Runner().run(randomLife(`${seed}`, 12));
  return result.buffers ?? [];
}).flat();
const events = lives.flatMap((life) => life.events);

test('drivers that do as they please for thousands of operations break no invariant, and do all there is to do', () => {
  expect(lives.reduce((sum, { operations }) => sum + operations, 0)).toBeGreaterThan(2000);
  const done = new Set(
    events.filter(({ errno, mapped }) => errno === null && mapped > 1).map(({ what }) => what),
  );
  expect([...done]).toEqual(expect.arrayContaining(['migrate', 'move', 'remove', 'revoke']));
  expect(events.some(({ errno }) => errno === '-EBUSY')).toBe(true);
  const importers = lives.flatMap((life) => life.importers);
  for (const kind of ['page-fault', 'iommufd', 'gpu', 'pinned', 'static']) {
    const own = importers.filter((importer) => importer.kind === kind);
    expect(own.some(({ bytes }) => bytes > 0)).toBe(true);
  }
  expect(importers.some(({ maps }) => maps > 3)).toBe(true);
});

test("what an exporter's step took is the sum of what it went to, to the picosecond", () => {
  for (const { what, errno, total_ns, costs, to_ps, from_ps } of events) {
    if (errno !== null || to_ps === from_ps || what === 'unrevoke') continue;
    const sum = EXPORTER_COSTS.reduce((all, cost) => all + costs[`${cost}_ns`], 0);
    expect(Math.abs(sum - total_ns), what).toBeLessThan(1e-3);
  }
});

test('each cost is seen somewhere', () => {
  const seen = new Set(
    events.flatMap(({ costs }) => Object.entries(costs).flatMap(([cost, ns]) => (ns > 0 ? [cost] : []))),
  );
  expect([...seen].sort()).toEqual(
    [...EXPORTER_COSTS, 'refault', 'remap', 'stall'].map((cost) => `${cost}_ns`).sort(),
  );
});
