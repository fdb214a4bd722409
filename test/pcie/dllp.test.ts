import { describe, expect, it } from 'vitest';
import { ackLatencyLimit, dllpBytesPerWireByte } from '../../src/pcie/dllp.ts';
import { type Generation, linkRate, type Width } from '../../src/pcie/generation.ts';
import { bytes } from '../../src/units.ts';

const SIZES = [128, 256, 512, 1024, 2048, 4096];

type Row = readonly [generations: readonly Generation[], width: Width, limits: readonly number[]];

/**
 * Symbol times by maximum payload size. Source: parameters.json of the project's shared references, key
 * ack_latency_limit_symbol_times (pcie-model's tables, without its two typing errors: generation 1 x32 2048 B for
 * UpdateFC, 248, and generation 2 x32 4096 B for Ack, 237).
 */
const LIMITS: readonly Row[] = [
  [[1], 1, [237, 416, 559, 1071, 2095, 4143]],
  [[1], 2, [128, 217, 289, 545, 1057, 2081]],
  [[1], 4, [73, 118, 154, 282, 538, 1050]],
  [[1], 8, [67, 107, 86, 150, 278, 534]],
  [[1], 16, [48, 72, 86, 150, 278, 534]],
  [[1], 32, [33, 45, 52, 84, 148, 276]],
  [[2], 1, [288, 467, 610, 1122, 2146, 4194]],
  [[2], 2, [179, 268, 340, 596, 1108, 2132]],
  [[2], 4, [124, 169, 205, 333, 589, 1101]],
  [[2], 8, [118, 158, 137, 201, 329, 585]],
  [[2], 16, [99, 123, 137, 201, 329, 585]],
  [[2], 32, [84, 96, 103, 135, 199, 327]],
  [[3, 4, 5], 1, [333, 512, 655, 1167, 2191, 4239]],
  [[3, 4, 5], 2, [224, 313, 385, 641, 1153, 2177]],
  [[3, 4, 5], 4, [169, 214, 250, 378, 634, 1146]],
  [[3, 4, 5], 8, [163, 203, 182, 246, 374, 630]],
  [[3, 4, 5], 16, [144, 168, 182, 246, 374, 630]],
  [[3, 4, 5], 32, [129, 141, 148, 180, 244, 372]],
];

describe('the Ack latency limit', () => {
  it.each(LIMITS)('of generation %j x%i follows the table', (generations, width, limits) => {
    for (const generation of generations) {
      expect(SIZES.map((mps) => ackLatencyLimit(generation, width, bytes(mps)))).toEqual(limits);
    }
  });

  it.each([0, 300, 8192, 128.5])('is refused for a maximum payload size of %d B', (mps) => {
    expect(() => ackLatencyLimit(5, 16, bytes(mps))).toThrow(/no maximum payload size .* expected 128/);
  });
});

describe('Acks and UpdateFCs at the slowest rate that is allowed', () => {
  /** pcie-facts, section 0.1: x8 0.98 %, x16 0.59 % with MPS 256 B. */
  it('take 0.98 % of a x8 link and 0.60 % of a x16 link, not of one lane', () => {
    expect(dllpBytesPerWireByte(3, 8, bytes(256))).toBeCloseTo(16 / (203 * 8), 12);
    expect(dllpBytesPerWireByte(3, 8, bytes(256))).toBeCloseTo(0.00985, 5);
    expect(dllpBytesPerWireByte(3, 16, bytes(256))).toBeCloseTo(0.00595, 5);
  });

  /** pcie-facts, section 3, column "W 256 B incl. SKP+DLLP"; SKP is 1/376. The limits there are not rounded down. */
  it.each([
    [3, 14.28],
    [4, 28.559],
    [5, 57.118],
  ] as const)('leave with SKP at generation %i x16 writes of %f GB/s both ways', (generation, goodput) => {
    const share = 1 - 1 / 376 - dllpBytesPerWireByte(generation, 16, bytes(256));
    expect(((linkRate(generation, 16) / 1e9) * share * 256) / 280).toBeCloseTo(goodput, 2);
  });
});
