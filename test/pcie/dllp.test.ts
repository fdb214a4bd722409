import { describe, expect, it } from 'vitest';
import {
  ackLatencyLimit,
  ackLatencyLimitTime,
  dllpBytesPerWireByte,
  replayTimeout,
} from '../../src/pcie/dllp.ts';
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

/** Time of a byte on one lane in ps: 4 ns, 2 ns, and 8 bits at the rate of 128b/130b (pcie-facts, section 1). */
const SYMBOL_PS: Readonly<Partial<Record<Generation, number>>> = {
  1: 4000,
  2: 2000,
  3: 1015.625,
  4: 507.8125,
  5: 253.90625,
};

describe('the Ack latency limit as a time', () => {
  /** pcie-facts, section 1: 171 ns at generation 3 x16 with MPS 256 B, 43 ns at generation 5. */
  it.each([
    [1, 288_000, 864_000],
    [2, 246_000, 738_000],
    [3, 170_625, 511_875],
    [4, 85_313, 255_939],
    [5, 42_656, 127_968],
  ] as const)('at generation %i x16 with 256 B is %i ps, a third of the replay timer', (...row) => {
    const [generation, limit, timeout] = row;
    expect(ackLatencyLimitTime(generation, 16, bytes(256))).toBe(limit);
    expect(replayTimeout(generation, 16, bytes(256))).toBe(timeout);
  });

  it.each(LIMITS)(
    'of generation %j x%i is the table in symbol times, to the ps',
    (generations, width, limits) => {
      for (const generation of generations) {
        const times = limits.map((limit) => Math.round(limit * (SYMBOL_PS[generation] ?? NaN)));
        expect(SIZES.map((mps) => ackLatencyLimitTime(generation, width, bytes(mps)))).toEqual(times);
        expect(SIZES.map((mps) => replayTimeout(generation, width, bytes(mps)))).toEqual(
          times.map((time) => 3 * time),
        );
      }
    },
  );
});

describe('in flit mode, where Acks and UpdateFCs cost nothing,', () => {
  const asked = { ackLatencyLimit, ackLatencyLimitTime, dllpBytesPerWireByte, replayTimeout };

  it.each(Object.entries(asked))('%s is refused', (_, ask) => {
    for (const generation of [6, 7] as const) {
      expect(() => ask(generation, 16, bytes(256))).toThrow(
        new RangeError(
          `generation ${generation} has no Ack latency limit, as Acks and UpdateFCs ride in its flits; ` +
            `expected 1 to 5; ask usesFlits first: DLLPs cost nothing there`,
        ),
      );
    }
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
