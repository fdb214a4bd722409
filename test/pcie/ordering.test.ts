import { describe, expect, it } from 'vitest';
import { type OrderingAttributes, type Passing, passing } from '../../src/pcie/ordering.ts';
import { TLP_CLASSES } from '../../src/pcie/tlp-class.ts';

type Table = readonly (readonly Passing[])[];

/** Rows: the later TLP is posted, a read, a completion. Columns: so is the earlier one. */
const table = (attributes?: OrderingAttributes): Table =>
  TLP_CLASSES.map((later) => TLP_CLASSES.map((earlier) => passing(later, earlier, attributes)));

/** pcie-facts, section 2 (PCIe Base Specification 5.0, table 2-40). */
const STRICT: Table = [
  ['must-not', 'must', 'may'],
  ['must-not', 'may', 'may'],
  ['must-not', 'must', 'may'],
];

describe('the ordering of TLPs', () => {
  it('is the strict table without attributes', () => {
    expect(table()).toEqual(STRICT);
  });

  it('lets posted requests and completions with RO pass posted requests, but not reads', () => {
    expect(table({ relaxedOrdering: true })).toEqual([
      ['may', 'must', 'may'],
      ['must-not', 'may', 'may'],
      ['may', 'must', 'may'],
    ]);
  });

  it('lets every class with IDO pass posted requests of another source', () => {
    expect(table({ idBasedOrdering: true, differentSource: true })).toEqual([
      ['may', 'must', 'may'],
      ['may', 'may', 'may'],
      ['may', 'must', 'may'],
    ]);
  });

  it('stays strict with IDO inside one source, and between sources without IDO', () => {
    expect(table({ idBasedOrdering: true })).toEqual(STRICT);
    expect(table({ differentSource: true })).toEqual(STRICT);
  });

  it('keeps the completions of one request in order, whatever their attributes', () => {
    const free = { relaxedOrdering: true, idBasedOrdering: true, differentSource: true };
    expect(passing('completion', 'completion', { ...free, sameTransaction: true })).toBe('must-not');
    expect(passing('completion', 'completion', free)).toBe('may');
  });

  it('cannot deadlock: posted requests and completions pass blocked reads under every attribute', () => {
    for (const relaxedOrdering of [false, true]) {
      expect(passing('posted', 'nonposted', { relaxedOrdering })).toBe('must');
      expect(passing('completion', 'nonposted', { relaxedOrdering })).toBe('must');
    }
  });
});
