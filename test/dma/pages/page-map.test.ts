import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageMap } from '../../../src/dma/pages/page-map.ts';

const PAGES = 40;

/** A page map as a list of pages, each free or not. */
class PlainPages {
  readonly free = Array.from({ length: PAGES }, () => true);

  take(pages: number): number | null {
    for (let first = 0; first + pages <= PAGES; first++) {
      if (!this.free.slice(first, first + pages).every(Boolean)) continue;
      this.free.fill(false, first, first + pages);
      return first;
    }
    return null;
  }

  give(first: number, pages: number): boolean {
    const good = pages > 0 && first >= 0 && first + pages <= PAGES;
    if (!good || this.free.slice(first, first + pages).some(Boolean)) return false;
    this.free.fill(true, first, first + pages);
    return true;
  }
}

const pages = fc.integer({ min: 1, max: 12 });
const step = fc.oneof(
  fc.record({ what: fc.constant('take' as const), pages }),
  fc.record({ what: fc.constant('give' as const), first: fc.integer({ min: -2, max: PAGES }), pages }),
  fc.record({ what: fc.constant('give back' as const), which: fc.nat() }),
);

test('a page map does as a plain list of pages, whatever is taken from it and given back', () => {
  let taken = 0;
  let full = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const [map, plain] = [new PageMap(PAGES), new PlainPages()];
      const blocks: { first: number; pages: number }[] = [];
      for (const each of steps) {
        if (each.what === 'take') {
          const first = plain.take(each.pages);
          expect(map.take(each.pages)).toBe(first);
          if (first === null) full++;
          else taken = blocks.push({ first, pages: each.pages });
        } else if (each.what === 'give') {
          expect(map.give(each.first, each.pages)).toBe(plain.give(each.first, each.pages));
        } else {
          const [block] = blocks.splice(each.which % Math.max(1, blocks.length), 1);
          if (block) expect(map.give(block.first, block.pages)).toBe(plain.give(block.first, block.pages));
        }
        expect(map.free).toBe(plain.free.filter(Boolean).length);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
  expect(Math.min(taken, full)).toBeGreaterThan(0);
});
