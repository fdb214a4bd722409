import { describe, expect, it } from 'vitest';
import { type Generation, GENERATIONS, linkRate, usesFlits, WIDTHS } from '../../src/pcie/generation.ts';

/** x16, GB/s; pcie-facts, section 1 (Linux PCIE_SPEED2MBS_ENC; generation 7: PCI-SIG). */
const X16: readonly (readonly [Generation, number])[] = [
  [1, 4.0],
  [2, 8.0],
  [3, 15.7538],
  [4, 31.5077],
  [5, 63.0154],
  [6, 128.0],
  [7, 256.0],
];

describe('the rate of a link', () => {
  it.each(X16)('is after line coding at generation %i x16: %f GB/s', (generation, rate) => {
    expect(linkRate(generation, 16) / 1e9).toBeCloseTo(rate, 4);
  });

  it('grows with the number of lanes', () => {
    expect(X16.map(([generation]) => generation)).toEqual(GENERATIONS);
    for (const generation of GENERATIONS) {
      for (const width of WIDTHS) expect(linkRate(generation, width)).toBe(width * linkRate(generation, 1));
    }
  });
});

/** pcie-facts, section 1: flits are a must at 64 GT/s and above. */
it('links carry flits from generation 6 on', () => {
  expect(GENERATIONS.filter(usesFlits)).toEqual([6, 7]);
});
