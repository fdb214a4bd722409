import { describe, expect, it } from 'vitest';
import { linkRate } from '../../src/pcie/generation.ts';
import { skpShare } from '../../src/pcie/skp.ts';

describe('SKP ordered sets', () => {
  /** pcie-facts, section 1: 0.26 to 0.34 %, 0.27 %, and with flits 0.3 % assumed. */
  it.each([
    [1, 0.0026, 0.0034],
    [2, 0.0026, 0.0034],
    [3, 0.00266, 0.0027],
    [4, 0.00266, 0.0027],
    [5, 0.00266, 0.0027],
    [6, 0.003, 0.003],
    [7, 0.003, 0.003],
  ] as const)('take at generation %i a share from %f to %f', (generation, slowest, fastest) => {
    expect(skpShare(generation)).toBeCloseTo(slowest, 5);
    expect(skpShare(generation, 'fastest')).toBeCloseTo(fastest, 4);
    expect(skpShare(generation)).toBe(skpShare(generation, 'slowest'));
  });

  /** DESIGN, section 3 (a link). */
  it('leave 57.46 GB/s to writes of 256 B one way at generation 5 x16', () => {
    expect(((linkRate(5, 16) / 1e9) * (1 - skpShare(5)) * 256) / 280).toBeCloseTo(57.46, 2);
  });
});
