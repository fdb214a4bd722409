import { array, assert, constantFrom, property, record, string } from 'fast-check';
import { expect, it } from 'vitest';
import { csv } from '../../src/report/csv.ts';
import { readCsv } from '../../src/report/read-csv.ts';

it('comma-separated values are read back as they were written', () => {
  const cell = string({ unit: constantFrom('a', ',', '"', '\n', '\r', ' ', 'é') });
  const fields = ['x', 'y', 'z'].map((field) => ({ field }));
  assert(
    property(array(record({ x: cell, y: cell, z: cell })), (rows) => {
      expect(readCsv(csv(rows, fields)).map((row) => Object.fromEntries(row))).toEqual(rows);
    }),
  );
});

it('lines may end without a carriage return, and the last one without an end', () => {
  expect(readCsv('a,b\n1,\n"2",3').map((row) => [...row.values()])).toEqual([
    ['1', ''],
    ['2', '3'],
  ]);
});

it('a quote inside a cell without quotes is refused', () => {
  expect(() => readCsv('a\r\n1"2\r\n')).toThrow(/character 3 of a csv text: expected a cell/);
});
