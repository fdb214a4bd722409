import { describe, expect, test } from 'vitest';
import { halfWidth95, jainIndex, mean, quantile } from '../../src/observe/statistics.ts';

const upTo = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

describe('the quantile', () => {
  const cases: readonly (readonly [q: number, n: number, rank: number])[] = [
    [0.5, 1, 1],
    [0.5, 2, 1],
    [0.5, 3, 2],
    [0.5, 4, 2],
    [0.99, 99, 99],
    [0.99, 100, 99],
    [0.99, 101, 100],
    [0.99, 1000, 990],
    [0.99, 1_000_000, 990_000],
    [0, 5, 1],
    [1, 5, 5],
  ];
  test.each(cases)('%d of %d numbers is that of rank %d', (q, n, rank) => {
    expect(quantile(upTo(n), q)).toBe(rank);
  });

  test('of no numbers is none', () => expect(quantile(upTo(0), 0.5)).toBeNaN());
});

test('the mean is the sum by the count, and none for no numbers', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean(Float64Array.of(5))).toBe(5);
  expect(mean([])).toBeNaN();
});

/** Probability that |t| of Student's distribution is below this (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function probabilityWithin(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const odd = degrees % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let i = odd ? 3 : 2; i < degrees; i += 2) {
    term *= (Math.cos(angle) ** 2 * (i - 1)) / i;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

describe('the half-width of the 95 % confidence interval', () => {
  test('of batch means 1, 2, 3, 4, 5 is 2.776 x sqrt(2.5 / 5) = 1.963', () => {
    expect(halfWidth95([3, 1, 5, 2, 4])).toBeCloseTo(2.776 * Math.sqrt(0.5), 12);
    expect(halfWidth95([3, 1, 5, 2, 4])).toBeCloseTo(1.962_928, 6);
  });

  test.each([...Array(19).keys()].map((i) => i + 2))('of %d batches has Student’s t', (n) => {
    const spread = Math.sqrt((n * (n - 1)) / 2);
    const batches = [spread, -spread, ...Array<number>(n - 2).fill(0)];
    expect(probabilityWithin(halfWidth95(batches), n - 1)).toBeCloseTo(0.95, 4);
  });

  test('is zero where all are equal, and none for fewer than two', () => {
    expect(halfWidth95([7, 7, 7])).toBe(0);
    expect([halfWidth95([7]), halfWidth95([])]).toEqual([NaN, NaN]);
  });
});

test('Jain’s index is 1 for equal shares, 1/n where one has all, and 36/42 for 1, 2, 3', () => {
  expect(jainIndex([4, 4, 4, 4])).toBe(1);
  expect(jainIndex([0, 9, 0, 0])).toBe(0.25);
  expect(jainIndex([1, 2, 3])).toBeCloseTo(36 / 42, 15);
  expect(jainIndex([10, 20, 30])).toBeCloseTo(36 / 42, 15);
});
