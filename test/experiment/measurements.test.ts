import { describe, expect, it, test } from 'vitest';
import { measured, parseMeasurements } from '../../src/experiment/measurements.ts';
import { ModelError } from '../../src/system/model-error.ts';

const ROW = {
  id: '"031"',
  system: 'asus',
  from: 'gpu0',
  to: 'gpu1',
  ways: 'one',
  redirect: 'false',
  value: '53.4 GB/s',
  grade: 'A',
  source: 'page 7',
};

/** A row as written; an undefined value leaves its key out. */
const row = (changes: Record<string, string | undefined> = {}): string => {
  const entries = Object.entries<string | undefined>({ ...ROW, ...changes });
  const written = entries.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `  - { ${written.join(', ')} }`;
};

const file = (...rows: readonly string[]): string =>
  ['measurements: some', 'about: copies', 'source: a study @1', 'rows:', ...rows, ''].join('\n');

describe('a file of measurements', () => {
  const rows = parseMeasurements(
    file(row(), row({ id: '"6"', ways: 'both', value: '800 Gb/s', grade: 'B' })),
    'some.yaml',
  );

  it('has a rate in bytes per second and a whole source for each case', () => {
    expect(rows[0]).toEqual({
      id: '031',
      system: 'asus',
      from: 'gpu0',
      to: 'gpu1',
      ways: 'one',
      redirect: false,
      value: 53.4e9,
      grade: 'A',
      source: 'a study @1, page 7',
    });
    expect(rows.map(({ value }) => value)).toEqual([53.4e9, 100e9]);
  });

  it('tells the published value of a case, and that another case has none', () => {
    const wanted = {
      system: 'asus',
      from: 'gpu0',
      to: 'gpu1',
      ways: 'both',
      redirect: false,
    } as const;
    expect(measured(rows, wanted)).toBe(rows[1]);
    const others = [{ system: 'x' }, { from: 'gpu1' }, { to: 'gpu0' }, { redirect: true }];
    for (const other of others) expect(measured(rows, { ...wanted, ...other })).toBeNull();
    expect(measured(rows, { ...wanted, ways: 'one' })).toBe(rows[0]);
    expect(measured([], wanted)).toBeNull();
  });
});

/** Changes to a row, the text in it that the error points at, and its message. */
type Wrong = readonly [changes: Record<string, string | undefined>, at: string, message: string];

describe('a wrong file of measurements is refused with the place and the remedy', () => {
  const wrong: readonly Wrong[] = [
    [{ id: '031' }, '031', 'id: expected a row id in quotes, got 31; write it like "031"'],
    [{ value: '53.4' }, '53.4', 'value: expected a rate with its unit, got 53.4; write it like "53 GB/s"'],
    [{ value: '5 ns' }, '5 ns', 'value: expected a rate with its unit, got "5 ns"; write it like "53 GB/s"'],
    [{ value: '0 B/s' }, '0 B/s', 'value: expected a rate with its unit, got "0 B/s"'],
    [{ ways: 'two' }, 'two,', 'ways: expected one of one, both, got "two"'],
    [{ grade: 'X' }, 'X', 'grade: expected one of A, B, C, got "X"'],
    [{ redirect: 'maybe' }, 'maybe', 'redirect: expected boolean, got "maybe"'],
    [{ from: '7' }, '7', 'from: expected a name of letters, digits and . _ : - (not digits alone'],
    [{ source: undefined }, '{', 'source: expected text, got nothing'],
    [
      { wayz: 'one' },
      'wayz',
      'wayz: expected one of the keys id, system, from, to, ways, redirect, value, grade',
    ],
  ];

  test.each(wrong)('%o', (changes, at, message) => {
    const written = row(changes);
    const read = () => parseMeasurements(file(row(), written), 'some.yaml');
    expect(read).toThrow(ModelError);
    expect(read).toThrow(`some.yaml:6:${written.indexOf(at) + 1} rows[1].${message}`);
  });

  test.each([
    ['', 'some.yaml:1:1: expected published measurements (a YAML map), got an empty file'],
    ['- 1\n', 'some.yaml:1:1: expected published measurements (a YAML map), got a list'],
    ['rows: []\n', 'some.yaml:1:1 measurements: expected text, got nothing'],
    ['measurements: m\nabout: x\nsource: y\nrows: {}\n', 'some.yaml:4:7 rows: expected a list, got a map'],
  ])('%j', (text, message) => {
    expect(() => parseMeasurements(text, 'some.yaml')).toThrow(message);
  });
});
