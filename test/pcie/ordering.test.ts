import { describe, expect, it } from 'vitest';
import {
  type OrderingAttributes,
  type OrderingClass,
  type Passing,
  passing,
} from '../../src/pcie/ordering.ts';

/** What a cell says without attributes, with RO, and with IDO where the two have different sources. */
type Cell = readonly [
  later: OrderingClass,
  earlier: OrderingClass,
  strict: Passing,
  relaxed: Passing,
  unrelated: Passing,
];

/** All cells of the table. pcie-facts, section 2 (PCIe Base Specification 5.0, section 2.4.1, table 2-40). */
const CELLS: readonly Cell[] = [
  ['posted', 'posted', 'must-not', 'may', 'may'],
  ['posted', 'read', 'must', 'must', 'must'],
  ['posted', 'nonposted-with-data', 'must', 'must', 'must'],
  ['posted', 'completion', 'may', 'may', 'may'],
  ['read', 'posted', 'must-not', 'must-not', 'may'],
  ['read', 'read', 'may', 'may', 'may'],
  ['read', 'nonposted-with-data', 'may', 'may', 'may'],
  ['read', 'completion', 'may', 'may', 'may'],
  ['nonposted-with-data', 'posted', 'must-not', 'may', 'may'],
  ['nonposted-with-data', 'read', 'may', 'may', 'may'],
  ['nonposted-with-data', 'nonposted-with-data', 'may', 'may', 'may'],
  ['nonposted-with-data', 'completion', 'may', 'may', 'may'],
  ['completion', 'posted', 'must-not', 'may', 'may'],
  ['completion', 'read', 'must', 'must', 'must'],
  ['completion', 'nonposted-with-data', 'must', 'must', 'must'],
  ['completion', 'completion', 'may', 'may', 'may'],
];

const BOTH = [false, true] as const;

/** Every combination of the four attributes. */
const ATTRIBUTES: readonly Required<OrderingAttributes>[] = BOTH.flatMap((relaxedOrdering) =>
  BOTH.flatMap((idBasedOrdering) =>
    BOTH.flatMap((differentSource) =>
      BOTH.map((sameTransaction) => ({ relaxedOrdering, idBasedOrdering, differentSource, sameTransaction })),
    ),
  ),
);

describe('the ordering of TLPs', () => {
  it('has 16 cells and 16 combinations of attributes', () => {
    expect(new Set(CELLS.map(([later, earlier]) => `${later} ${earlier}`)).size).toBe(16);
    expect(new Set(ATTRIBUTES.map((attributes) => JSON.stringify(attributes))).size).toBe(16);
  });

  it.each(CELLS)('lets a later %s pass an earlier %s: strictly %s, with RO %s, with IDO %s', (...cell) => {
    const [later, earlier, strict, relaxed, unrelated] = cell;
    expect(passing(later, earlier)).toBe(strict);
    expect(passing(later, earlier, { relaxedOrdering: true })).toBe(relaxed);
    expect(passing(later, earlier, { idBasedOrdering: true, differentSource: true })).toBe(unrelated);
  });

  it.each(CELLS)('stays strict for %s behind %s with IDO inside one source, or without IDO', (...cell) => {
    const [later, earlier, strict] = cell;
    expect(passing(later, earlier, { idBasedOrdering: true })).toBe(strict);
    expect(passing(later, earlier, { differentSource: true })).toBe(strict);
  });

  it.each(CELLS)('frees a %s from a %s where either attribute does, whatever comes with it', (...cell) => {
    const [later, earlier, strict, relaxed, unrelated] = cell;
    const together = later === 'completion' && earlier === 'completion';
    for (const attributes of ATTRIBUTES) {
      const byRo = attributes.relaxedOrdering ? relaxed : strict;
      const byIdo = attributes.idBasedOrdering && attributes.differentSource ? unrelated : strict;
      const freed = byRo === strict ? byIdo : byRo;
      const expected = together && attributes.sameTransaction ? 'must-not' : freed;
      expect(passing(later, earlier, attributes), JSON.stringify(attributes)).toBe(expected);
    }
  });

  it('keeps the completions of one request in order, and only those', () => {
    const kept = CELLS.filter(
      ([later, earlier, strict]) => passing(later, earlier, { sameTransaction: true }) !== strict,
    );
    expect(kept.map(([later, earlier]) => [later, earlier])).toEqual([['completion', 'completion']]);
  });

  it('cannot deadlock: posted requests and completions pass blocked requests under every attribute', () => {
    for (const attributes of ATTRIBUTES) {
      for (const earlier of ['read', 'nonposted-with-data'] as const) {
        expect(passing('posted', earlier, attributes)).toBe('must');
        expect(passing('completion', earlier, attributes)).toBe('must');
      }
    }
  });
});
