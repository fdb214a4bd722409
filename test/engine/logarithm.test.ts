import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logarithm } from '../../src/engine/logarithm.ts';

const RELATIVE = 1e-15;

/** To 22 digits, of the double next to the number as written (Python 3.11, decimal.ln with 60 digits). */
const TABLE: readonly (readonly [x: number, ln: string])[] = [
  [5e-324, '-744.4400719213812623141'],
  [2.2250738585072014e-308, '-708.3964185322641062244'],
  [1e-300, '-690.7755278982137051803'],
  [2 ** -32, '-22.18070977791824990135'],
  [0.1, '-2.302585092994045628507'],
  [0.5, '-0.6931471805599453094172'],
  [Math.SQRT1_2, '-0.3465735902799725863505'],
  [0.75, '-0.2876820724517809274392'],
  [1 - 2 ** -53, '-1.110223024625156602053e-16'],
  [1 + 2 ** -52, '2.220446049250312834328e-16'],
  [Math.SQRT2, '0.346573590279972723067'],
  [1.5, '0.4054651081081643819781'],
  [2, '0.6931471805599453094172'],
  [Math.E, '0.9999999999999999468176'],
  [3, '1.098612288668109691395'],
  [10, '2.302585092994045684018'],
  [123456.789, '11.72364648718588101603'],
  [1e300, '690.7755278982137052579'],
  [Number.MAX_VALUE, '709.7827128933839967322'],
];

describe('the natural logarithm', () => {
  test.each(TABLE)('of %d is %s', (x, ln) => {
    expect(Math.abs(logarithm(x) / Number(ln) - 1)).toBeLessThan(RELATIVE);
  });

  test('of one is zero', () => expect(logarithm(1)).toBe(0));

  test('differs by less than 1e-15 of it from what this JavaScript engine has, over all positive numbers', () => {
    const positive = fc.oneof(
      fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      fc.nat(0xffff_fffe).map((draw) => 1 - draw / 2 ** 32),
    );
    fc.assert(
      fc.property(
        positive.filter((x) => x !== 1),
        (x) => Math.abs(logarithm(x) / Math.log(x) - 1) < RELATIVE,
      ),
      { seed: 20261122, numRuns: 20_000 },
    );
  });

  test.each([0, -1, NaN, Infinity, -Infinity])('of %d is a RangeError that says so', (x) => {
    expect(() => logarithm(x)).toThrow(RangeError);
    expect(() => logarithm(x)).toThrow(`logarithm of ${x}; expected a positive finite number`);
  });
});
