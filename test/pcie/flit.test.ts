import { describe, expect, it } from 'vitest';
import { FLIT_BYTES, FLIT_TLP_BYTES, flitTime } from '../../src/pcie/flit.ts';
import { WIDTHS } from '../../src/pcie/generation.ts';

describe('a flit', () => {
  /** pcie-facts, section 1: 256 B = 236 TLP + 6 DLP + 8 CRC + 6 FEC, 92.19 %. */
  it('leaves to TLPs what DLP, CRC and FEC do not take', () => {
    expect(FLIT_BYTES).toBe(256);
    expect(FLIT_TLP_BYTES).toBe(256 - 6 - 8 - 6);
    expect(FLIT_TLP_BYTES / FLIT_BYTES).toBeCloseTo(0.9219, 4);
  });

  /** In ps by width, x1 to x32. pcie-facts, section 1: 2 ns at generation 6 x16, 8 ns at x4. */
  it.each([
    [6, [32_000, 16_000, 8000, 4000, 2000, 1000]],
    [7, [16_000, 8000, 4000, 2000, 1000, 500]],
  ] as const)('takes at generation %i a whole number of ps at each width: %j', (generation, times) => {
    expect(WIDTHS).toEqual([1, 2, 4, 8, 16, 32]);
    expect(WIDTHS.map((width) => flitTime(generation, width))).toEqual(times);
  });

  it.each([1, 2, 3, 4, 5] as const)('is not sent at generation %i', (generation) => {
    expect(() => flitTime(generation, 16)).toThrow(
      new RangeError(`generation ${generation} has no flits; expected 6 or 7; ask usesFlits first`),
    );
  });
});
