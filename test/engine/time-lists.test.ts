import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeLists } from '../../src/engine/time-lists.ts';

type Entry = readonly [time: number, amount: number];

function entries(lists: TimeLists, list: number): readonly Entry[] {
  const found: Entry[] = [];
  for (let e = lists.start(list); e >= 0; e = lists.after(e)) found.push([lists.time(e), lists.amount(e)]);
  return found;
}

/** The plain form: an entry goes before the first later one. */
function insert(plain: Entry[], entry: Entry): void {
  const later = plain.findIndex(([time]) => time > entry[0]);
  plain.splice(later < 0 ? plain.length : later, 0, entry);
}

const LISTS = 3;
const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ list: fc.nat(LISTS - 1), time: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ list: fc.nat(LISTS - 1), time: fc.constant(null) }) },
);

describe('time lists', () => {
  it('hold what sorted arrays hold, ties in order of insertion, while entries come and go', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200, size: 'max' }), (commands) => {
        const lists = new TimeLists();
        lists.reset(LISTS);
        const plain: Entry[][] = Array.from({ length: LISTS }, () => []);
        for (const [amount, { list, time }] of commands.entries()) {
          const own = plain[list] as Entry[];
          if (time !== null) {
            lists.insert(list, time, amount);
            insert(own, [time, amount]);
          } else if (own.length > 0) {
            lists.removeFirst(list);
            own.shift();
          }
          expect(lists.firstTime(list)).toBe(own[0]?.[0] ?? Infinity);
          expect(entries(lists, list)).toEqual(own);
        }
        for (let i = 0; i < LISTS; i++) expect(entries(lists, i)).toEqual(plain[i]);
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it('grow beyond their first room and keep what they hold', () => {
    const lists = new TimeLists();
    lists.reset(2);
    const all = Array.from({ length: 5000 }, (_, i): Entry => [(i * 7919) % 1000, i]);
    for (const [i, [time, amount]] of all.entries()) lists.insert(i % 2, time, amount);
    for (const list of [0, 1]) {
      const own = all.filter((_, i) => i % 2 === list);
      expect(entries(lists, list)).toEqual(own.sort((a, b) => a[0] - b[0]));
    }
  });

  it('are empty after a reset, as many as it says', () => {
    const lists = new TimeLists();
    lists.reset(1);
    lists.insert(0, 5, 1);
    lists.insert(0, 4, 1);
    lists.removeFirst(0);
    lists.reset(2);
    expect([lists.start(0), lists.start(1), lists.firstTime(1)]).toEqual([-1, -1, Infinity]);
    lists.insert(1, 7, 3);
    lists.insert(0, 9, 2);
    lists.insert(1, 8, 4);
    expect([0, 1].map((list) => entries(lists, list))).toEqual([
      [[9, 2]],
      [
        [7, 3],
        [8, 4],
      ],
    ]);
  });
});
