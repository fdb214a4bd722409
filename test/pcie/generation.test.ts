import { describe, expect, it } from 'vitest';
import { type Generation, linkRate } from '../../src/pcie/generation.ts';

/** x16, GB/s; pcie-facts, section 1 (Linux PCIE_SPEED2MBS_ENC). */
const X16: readonly (readonly [Generation, number])[] = [
  [1, 4.0],
  [2, 8.0],
  [3, 15.7538],
  [4, 31.5077],
  [5, 63.0154],
];

describe('the rate of a link', () => {
  it.each(X16)('is after line coding at generation %i x16: %f GB/s', (generation, rate) => {
    expect(linkRate(generation, 16) / 1e9).toBeCloseTo(rate, 4);
  });

  it('grows with the number of lanes', () => {
    expect(linkRate(5, 16)).toBe(16 * linkRate(5, 1));
  });
});
