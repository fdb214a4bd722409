import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCompletion, nextReadRequest, nextWriteChunk, type Piece, pieces } from '../../src/pcie/split.ts';
import { bytes } from '../../src/units.ts';

const PAGE = 4096;
const RUNS = { seed: 20261122, numRuns: 2000 };

const sizes = (list: readonly Piece[]): number[] => list.map(({ size }) => size);
const sum = (list: readonly Piece[]): number => list.reduce((total, { size }) => total + size, 0);
const pageOf = (address: number): number => Math.floor(address / PAGE);
const crossesPage = ({ address, size }: Piece): boolean => pageOf(address) !== pageOf(address + size - 1);
const joined = (list: readonly Piece[]): boolean =>
  list.every(({ address }, i) => {
    const before = list[i - 1];
    return before === undefined || before.address + before.size === address;
  });

const address = fc.oneof(fc.nat(3 * PAGE), fc.integer({ min: 2 ** 40, max: 2 ** 40 + 3 * PAGE }));
const limit = fc.oneof(fc.constantFrom(64, 128, 256, 512, 4096), fc.integer({ min: 1, max: 5000 }));

const completions = (at: number, size: number, rcb: number, chunk: number): readonly Piece[] =>
  pieces(at, size, (from, rest) => nextCompletion(from, rest, rcb, chunk));

describe.each([
  ['posted writes', nextWriteChunk],
  ['read requests', nextReadRequest],
])('a transfer cut into %s', (_, step) => {
  it.each([
    { at: 0, size: 1024, most: 256, expected: [256, 256, 256, 256] },
    { at: 0, size: 600, most: 512, expected: [512, 88] },
    { at: 0xfc0, size: 256, most: 256, expected: [64, 192] },
    { at: 0xfff, size: 2, most: 128, expected: [1, 1] },
    { at: 0x10, size: 4096, most: 4096, expected: [4080, 16] },
    { at: 2 ** 40 + 0xf80, size: 512, most: 512, expected: [128, 384] },
    { at: 0, size: 0, most: 128, expected: [] },
  ])('of $size B at $at with at most $most B gives $expected', ({ at, size, most, expected }) => {
    expect(sizes(pieces(at, size, (from, rest) => step(from, rest, most)))).toEqual(expected);
  });

  it('keeps every byte, never crosses 4 KiB and never exceeds the limit', () => {
    fc.assert(
      fc.property(address, fc.nat(20000), limit, (at, size, most) => {
        const list = pieces(at, size, (from, rest) => step(from, rest, most));
        expect(sum(list)).toBe(size);
        expect(joined(list)).toBe(true);
        expect(list.some(crossesPage)).toBe(false);
        expect(Math.max(0, ...sizes(list))).toBeLessThanOrEqual(most);
      }),
      RUNS,
    );
  });
});

describe('a read request answered by completions', () => {
  /** pcie-facts, section 2 (RCB); the last four follow from "as much as fits into the chunk, up to a multiple of RCB". */
  it.each([
    { rcb: 128, at: 0x60, size: 200, chunk: 128, expected: [32, 128, 40] },
    { rcb: 128, at: 0x10, size: 200, chunk: 128, expected: [112, 88] },
    { rcb: 64, at: 0x20, size: 256, chunk: 64, expected: [32, 64, 64, 64, 32] },
    { rcb: 64, at: 0x20, size: 256, chunk: 128, expected: [96, 128, 32] },
    { rcb: 64, at: 0x20, size: 256, chunk: 192, expected: [160, 96] },
    { rcb: 64, at: 0x20, size: 256, chunk: 224, expected: [224, 32] },
    { rcb: 64, at: 0x20, size: 256, chunk: 256, expected: [256] },
    { rcb: 64, at: 0x20, size: 512, chunk: 256, expected: [224, 256, 32] },
  ])('of $size B at $at with RCB $rcb and chunks of $chunk B comes as $expected', (row) => {
    expect(sizes(completions(row.at, row.size, row.rcb, row.chunk))).toEqual(row.expected);
  });

  const request = fc
    .record({ rcb: fc.constantFrom(64, 128), page: fc.nat(2 ** 30), offset: fc.nat(PAGE - 1) })
    .chain(({ rcb, page, offset }) =>
      fc.record({
        rcb: fc.constant(rcb),
        at: fc.constant(page * PAGE + offset),
        size: fc.integer({ min: 1, max: PAGE - offset }),
        chunk: fc.oneof(fc.constantFrom(128, 256, 512, 4096), fc.integer({ min: rcb, max: PAGE })),
      }),
    );

  it('arrives whole, in no completion above the chunk, all but the last ending at multiples of RCB', () => {
    fc.assert(
      fc.property(request, ({ rcb, at, size, chunk }) => {
        const list = completions(at, size, rcb, chunk);
        const ended = list.slice(0, -1).map((piece) => (piece.address + piece.size) % rcb);
        const middle = list.slice(1, -1).map((piece) => piece.size % rcb);
        expect(sum(list)).toBe(size);
        expect(joined(list)).toBe(true);
        expect(Math.max(...sizes(list))).toBeLessThanOrEqual(chunk);
        expect([...ended, ...middle].every((rest) => rest === 0)).toBe(true);
        expect(list.some(crossesPage)).toBe(false);
      }),
      RUNS,
    );
  });

  it('arrives in completions to none of which another RCB block could be added', () => {
    fc.assert(
      fc.property(request, ({ rcb, at, size, chunk }) => {
        const list = completions(at, size, rcb, chunk);
        expect(list.slice(0, -1).every((piece) => piece.size + rcb > chunk)).toBe(true);
      }),
      RUNS,
    );
  });

  it('arrives in one completion where it lies inside one RCB block', () => {
    fc.assert(
      fc.property(request, fc.nat(127), ({ rcb, at, chunk }, length) => {
        const room = rcb - (at % rcb);
        expect(completions(at, Math.min(length + 1, room), rcb, chunk)).toHaveLength(1);
      }),
      RUNS,
    );
  });

  it('is refused where a chunk is smaller than RCB, as no middle completion could be a multiple of it', () => {
    expect(() => nextCompletion(0, 200, 128, 64)).toThrow(
      /chunk 64 B .* boundary 128 B; expected 128 B or more/,
    );
  });
});

describe('a step that makes no progress', () => {
  it.each([0, -1, NaN, 17])('of %d B in a range of 16 B is refused', (piece) => {
    expect(() => pieces(0, 16, () => bytes(piece))).toThrow(/expected 1 to 16 B/);
  });
});
