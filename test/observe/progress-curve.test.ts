import { describe, expect, test } from 'vitest';
import { GrowingColumn } from '../../src/observe/growing-column.ts';
import { ProgressCurve } from '../../src/observe/progress-curve.ts';

const LONGEST = 100_000;

/** Bytes that have come after each of so many steps of 1 ns, at so many bytes a step. */
function curve(steps: number, bytesOf: (step: number) => number): ProgressCurve {
  const result = new ProgressCurve();
  let bytes = 0;
  for (let step = 0; step < steps; step++) {
    bytes += bytesOf(step);
    result.add(step * 1000, bytes);
  }
  return result;
}

describe('the progress of a flow', () => {
  test('has no interval before 20 batches', () => {
    expect(curve(20, () => 1).rateHalfWidth()).toBeNaN();
    expect(curve(21, () => 1).rateHalfWidth()).toBe(0);
  });

  test.each([255, 256, 257, 258, 600, 5000, LONGEST])(
    'of %d equal steps has an interval of no width',
    (steps) => {
      expect(curve(steps, () => 64).rateHalfWidth()).toBe(0);
    },
  );

  test('at 1 and 3 GB/s in turn has the interval of 20 such batches: 2.093 / sqrt(19)', () => {
    const halfWidth = curve(21, (step) => (step % 2 === 0 ? 1 : 3)).rateHalfWidth();
    expect(halfWidth / 1e9).toBeCloseTo(2.093 / Math.sqrt(19), 9);
  });

  test.each([21, 256, 300, 3000, LONGEST])(
    'at 1 GB/s in the first half of %d steps and 3 in the second has about the same interval, thinned or not',
    (steps) => {
      const halfWidth = curve(steps, (step) => (step < steps / 2 ? 1 : 3)).rateHalfWidth();
      expect(Math.abs(halfWidth / 1e9 / (2.093 / Math.sqrt(19)) - 1)).toBeLessThan(0.1);
    },
  );
});

test('a column of numbers keeps them while it grows, and a view of it stays as it was', () => {
  const column = new GrowingColumn();
  column.push(-1);
  const view = column.values();
  for (let i = 0; i < 1000; i++) column.push(i);
  expect(column.length).toBe(1001);
  expect([...column.values()]).toEqual([-1, ...Array(1000).keys()]);
  expect([...view]).toEqual([-1]);
});
