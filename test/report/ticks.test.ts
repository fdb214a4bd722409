import { describe, expect, it } from 'vitest';
import { linearTicks, log2Ticks } from '../../src/report/ticks.ts';

describe('ticks', () => {
  it.each([
    [57.46, ['0', '10', '20', '30', '40', '50', '60']],
    [60, ['0', '10', '20', '30', '40', '50', '60']],
    [0.27, ['0.00', '0.05', '0.10', '0.15', '0.20', '0.25', '0.30']],
    [24_000, ['0', '5,000', '10,000', '15,000', '20,000', '25,000']],
    [0, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
  ])('from 0 to %d end at a round value', (max, labels) => {
    expect(linearTicks(max).labels).toEqual(labels);
  });

  it('of tenths are exact', () => {
    expect(linearTicks(0.6).values).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  });

  it('of powers of two are thinned out to those that find room', () => {
    expect(log2Ticks(4096, 65_536, 9)).toEqual([4096, 8192, 16_384, 32_768, 65_536]);
    expect(log2Ticks(4096, 2 ** 26, 8)).toEqual([12, 14, 16, 18, 20, 22, 24, 26].map((power) => 2 ** power));
    expect(log2Ticks(0.3, 5, 9)).toEqual([0.5, 1, 2, 4]);
  });

  it('refuse what no axis shows', () => {
    expect(() => linearTicks(Infinity)).toThrow('no axis reaches Infinity');
    expect(() => log2Ticks(0, 8, 4)).toThrow('cannot start at 0');
  });
});
