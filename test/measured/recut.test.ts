import { describe, expect, test } from 'vitest';
import type { System } from '../../src/system/system.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem } from '../support/measured-system.ts';

/*
 * NCCL counts peer traffic through an Intel root complex as 6/5 of its bytes (its topology search, for TLPs that are cut to
 * 64 B). Here this follows from the bytes around each TLP: so many more go out than came in.
 */
function machine(recut: string, mps: number, doubleWords: number): System {
  const numbers = { dma: { write_chunk: `${mps} B`, mps: `${mps} B`, header_double_words: doubleWords } };
  const ends = ['a', 'b'].map((id) => device(id, 'gen4x16', numbers));
  const [a, b] = ends;
  if (!a || !b) throw new RangeError('two devices are needed');
  return measuredSystem({ cpu: { recut }, below: [a, b] });
}

const rate = (recut: string, mps: number, doubleWords: number, op: 'write' | 'read' = 'write'): number => {
  const transfers = { op, transfers: 24, depth: 8 };
  const { arrivals } = measureOne(machine(recut, mps, doubleWords), flow('a', 'b', 65_536, transfers));
  return arrivals.steadyRate_GBps(65_536, 6);
};

describe('a root complex that cuts to 64 B carries less', () => {
  test.each([
    [256, 3, 1.217],
    [256, 4, 1.257],
    [128, 3, 1.135],
    [128, 4, 1.158],
  ])('writes of %i B with headers of %i double words, by a factor of %f', (mps, doubleWords, factor) => {
    const ratio = rate('none', mps, doubleWords) / rate('64 B', mps, doubleWords);
    expect(Math.abs(ratio / factor - 1)).toBeLessThan(0.002);
  });

  test('completions too, which have headers of 3 double words', () => {
    const ratio = rate('none', 256, 4, 'read') / rate('64 B', 256, 4, 'read');
    expect(Math.abs(ratio / 1.217 - 1)).toBeLessThan(0.002);
  });

  test('at Gen4 x16 what pcie-facts derives: 22.9 GB/s', () => {
    expect(Math.abs(rate('64 B', 256, 4) / 22.915 - 1)).toBeLessThan(0.002);
  });
});
