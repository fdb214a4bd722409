import { expect, it } from 'vitest';
import { tableFigures } from '../../../src/experiment/sensitivity/table-figures.ts';

const COLUMNS = [
  { field: 'load' },
  { field: 'gpus', title: 'GPUs' },
  { field: 'hold_us' },
  { field: 'rate', title: 'each', unit: 'GB/s', digits: 2 },
  { field: 'mean_us', title: 'mean us', digits: 1 },
  { field: 'fallback_pct', digits: 1 },
  { field: 'share', digits: 2 },
];
const ROWS = [
  { load: 'full', gpus: 1, hold_us: 0, rate: 10, mean_us: 2, fallback_pct: 1, share: 0.5 },
  { load: 'full', gpus: 2, hold_us: 0, rate: null, mean_us: Number.NaN, fallback_pct: 1, share: 0.5 },
];

it('figures of a table are what was found with a unit, named by the columns that tell its rows apart', () => {
  expect(tableFigures([{ title: 'Loads', rows: ROWS, columns: COLUMNS }])).toEqual([
    { name: 'each (GB/s): GPUs 1', value: 10 },
    { name: 'mean (us): GPUs 1', value: 2 },
    { name: 'each (GB/s): GPUs 2', value: null },
    { name: 'mean (us): GPUs 2', value: null },
  ]);
});

it('figures of several tables are named by their table too', () => {
  const one = [ROWS[0] ?? {}];
  const columns = [{ field: 'rate', unit: 'GB/s', digits: 1 }];
  const tables = ['First', 'Second'].map((title) => ({ title, rows: one, columns }));
  expect(tableFigures(tables).map(({ name }) => name)).toEqual(['rate (GB/s): First', 'rate (GB/s): Second']);
});

it('columns of the same title are named by their fields, and what was chosen is no figure', () => {
  const columns = [
    { field: 'offered_GBps', digits: 1, given: true },
    { field: 'write_both_GBps', title: 'both', digits: 1 },
    { field: 'read_both_GBps', title: 'both', digits: 1 },
  ];
  const rows = [1, 2].map((offered_GBps) => ({ offered_GBps, write_both_GBps: 5, read_both_GBps: 6 }));
  expect(tableFigures([{ title: null, rows, columns }]).map(({ name }) => name)).toEqual([
    'write both (GB/s): offered_GBps 1',
    'read both (GB/s): offered_GBps 1',
    'write both (GB/s): offered_GBps 2',
    'read both (GB/s): offered_GBps 2',
  ]);
});
