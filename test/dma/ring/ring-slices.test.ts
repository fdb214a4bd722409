import { describe, expect, test } from 'vitest';
import { ringSlices } from '../../../src/dma/ring/ring-slices.ts';
import { ringSpec } from '../../../src/dma/ring/ring-spec.ts';
import { bytes } from '../../../src/units.ts';
import { ring } from '../../support/measured-ring.ts';

const KIB = 1024;
const MIB = KIB * KIB;

describe('the data of a ring', () => {
  test.each([
    // devices, size, slice, slices of each round
    [2, 1 * MIB, 512 * KIB, [1]],
    [4, 64 * MIB, 512 * KIB, [4, 4, 4, 4, 4, 4, 4, 4]],
    [4, 10 * MIB, 512 * KIB, [2, 3]],
    [8, 8 * KIB, 1 * KIB, [1]],
    [8, 8, 4, [1]],
    // 3 does not divide 2^20: a share is 349526 B with 4-byte elements made whole
    [3, 1 * MIB, 349_528, [1]],
    // a share of 786432 B would be 1.5 slices: two of 384 KiB
    [4, 3 * MIB, 384 * KIB, [2]],
    // a share of 7 MiB / 3 is 611670 elements: 2 x 3 x 5 x 20389, so five slices are the fewest that are equal
    [3, 7 * MIB, 489_336, [2, 3]],
  ] as const)(
    'of %i devices and %i B is cut into slices of %i B, in rounds of %j',
    (count, size, slice, rounds) => {
      const cut = ringSlices(ring(count, size));
      expect(cut.slice).toBe(slice);
      expect(cut.rounds).toEqual(rounds);
      const share = rounds.reduce<number>((sum, each) => sum + each, 0);
      expect(cut.turns).toHaveLength(2 * (count - 1) * share);
    },
  );

  test('is never less than what there is, and at most 4 B a slice more', () => {
    for (let count = 2; count <= 8; count++) {
      for (const size of [4, 6, 1000, 99_991, 1_000_003, 2 ** 21, 3_333_333]) {
        const { slice, rounds } = ringSlices(ring(count, size, { buffer: bytes(64 * KIB) }));
        const slices = rounds.reduce((sum, each) => sum + each, 0);
        expect(slice % 4).toBe(0);
        expect(slice).toBeLessThanOrEqual(8 * KIB);
        expect(count * slices * slice).toBeGreaterThanOrEqual(size);
        expect(count * slices * slice - size).toBeLessThan(4 * count * slices);
      }
    }
  });

  test('goes round in steps: a slice needs that of the step before, and its slot is free when it has gone on', () => {
    const { turns } = ringSlices(ring(3, 3 * 5 * MIB, { buffer: bytes(10 * MIB), slots: 4 }));
    // five MiB in slices of 2.5 MiB, two a round: a round of two slices, four steps
    expect(turns).toEqual([
      { step: 0, needs: 0, freedBy: 3 },
      { step: 0, needs: 0, freedBy: 4 },
      { step: 1, needs: 1, freedBy: 5 },
      { step: 1, needs: 2, freedBy: 6 },
      { step: 2, needs: 3, freedBy: 7 },
      { step: 2, needs: 4, freedBy: 8 },
      { step: 3, needs: 5, freedBy: 0 },
      { step: 3, needs: 6, freedBy: 0 },
    ]);
  });
});

describe('a ring', () => {
  const devices = ['a', 'b', 'c'];
  const size = bytes(MIB);

  test('has by default the buffer of NCCL: 4 MiB in 8 slots', () => {
    expect(ringSpec({ id: 'r', devices, size })).toEqual({
      id: 'r',
      devices,
      size,
      iterations: 1,
      op: 'write',
      asksKernel: true,
      buffer: 4 * MIB,
      slots: 8,
    });
  });

  test.each([
    [{ devices: ['a'] }, 'ring r has 1 device; expected two or more'],
    [{ devices: ['a', 'b', 'a'] }, 'ring r has a twice; expected each device once'],
    [{ size: bytes(0) }, 'ring r reduces 0 B; expected whole bytes, one or more'],
    [{ size: bytes(1.5) }, 'ring r reduces 1.5 B; expected whole bytes, one or more'],
    [{ iterations: 0 }, 'ring r has 0 iterations; expected one or more'],
    [
      { slots: 1 },
      'ring r has 1 slot at each device; expected two or more, or nobody can send what is received',
    ],
    [{ buffer: bytes(31) }, 'ring r has buffers of 31 B for 8 slots; expected 4 B or more for each'],
  ])('with %j is refused', (wrong, message) => {
    expect(() => ringSpec({ id: 'r', devices, size, ...wrong })).toThrow(new RangeError(message));
  });
});
