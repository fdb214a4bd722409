import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthened, Slots } from '../../src/engine/slots.ts';

describe('slots of a table', () => {
  it('are never handed out twice at a time, and the columns are long enough before they are', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(), { freq: 2 }), { maxLength: 500, size: 'max' }), (commands) => {
        let column = new Float64Array(0);
        const slots = new Slots((capacity) => {
          column = lengthened(column, capacity);
        });
        const inUse: number[] = [];
        let most = 0;
        for (const [i, release] of commands.entries()) {
          if (release === null || inUse.length === 0) {
            const slot = slots.take();
            expect(slot).toBeLessThan(column.length);
            expect(inUse).not.toContain(slot);
            column[slot] = i;
            inUse.push(slot);
          } else {
            const [slot] = inUse.splice(release % inUse.length, 1);
            slots.release(slot as number);
          }
          most = Math.max(most, inUse.length);
          expect(slots.live).toBe(inUse.length);
        }
        for (const slot of inUse) expect(slot).toBeLessThan(most);
        expect(new Set(inUse.map((slot) => column[slot])).size).toBe(inUse.length);
      }),
      { seed: 20261122, numRuns: 30 },
    );
  });

  it('start again at the first after a reset, in columns that are as long as before', () => {
    const lengths: number[] = [];
    const slots = new Slots((capacity) => lengths.push(capacity));
    for (let i = 0; i < 100; i++) slots.take();
    slots.release(7);
    expect(lengths).toEqual([64, 128]);
    slots.reset();
    expect(slots.live).toBe(0);
    expect(Array.from({ length: 128 }, () => slots.take())).toEqual([...Array(128).keys()]);
    expect(lengths).toEqual([64, 128]);
  });
});

it('a lengthened column is of the same type and has what it had', () => {
  const longer = lengthened(Int32Array.of(4, -5), 4);
  expect(longer).toEqual(Int32Array.of(4, -5, 0, 0));
});
