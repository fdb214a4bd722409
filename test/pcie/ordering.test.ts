import { describe, expect, it } from 'vitest';
import {
  type OrderingAttributes,
  type OrderingClass,
  type Passing,
  passing,
} from '../../src/pcie/ordering.ts';

type Table = readonly (readonly Passing[])[];

const CLASSES: readonly OrderingClass[] = ['posted', 'read', 'nonposted-with-data', 'completion'];

/** Rows: the later TLP; columns: the earlier; both in the order of CLASSES. */
const table = (attributes?: OrderingAttributes): Table =>
  CLASSES.map((later) => CLASSES.map((earlier) => passing(later, earlier, attributes)));

/** pcie-facts, section 2 (PCIe Base Specification 5.0, table 2-40); `first` is the column of posted requests. */
const withFirst = (first: readonly Passing[]): Table =>
  first.map((passed, later) => [
    passed,
    ...(['posted', 'completion'].includes(CLASSES[later] as string)
      ? (['must', 'must', 'may'] as const)
      : (['may', 'may', 'may'] as const)),
  ]);

const STRICT = withFirst(['must-not', 'must-not', 'must-not', 'must-not']);

describe('the ordering of TLPs', () => {
  it('is the strict table without attributes', () => {
    expect(table()).toEqual(STRICT);
  });

  it('lets all that carries data pass posted requests with RO, but not reads', () => {
    expect(table({ relaxedOrdering: true })).toEqual(withFirst(['may', 'must-not', 'may', 'may']));
  });

  it('lets every class with IDO pass posted requests of another source', () => {
    expect(table({ idBasedOrdering: true, differentSource: true })).toEqual(
      withFirst(['may', 'may', 'may', 'may']),
    );
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

  it('cannot deadlock: posted requests and completions pass blocked requests under every attribute', () => {
    for (const relaxedOrdering of [false, true]) {
      for (const earlier of ['read', 'nonposted-with-data'] as const) {
        expect(passing('posted', earlier, { relaxedOrdering })).toBe('must');
        expect(passing('completion', earlier, { relaxedOrdering })).toBe('must');
      }
    }
  });
});
