import { expect, test } from 'vitest';
import { publishedRate } from '../../src/experiment/published-rate.ts';
import { loadPublished } from '../../src/node/published-measurements.ts';

const { rows } = loadPublished();
const PAIR = { system: 'wrx90-2sw-flat', from: 'gpu0', to: 'gpu4', ways: 'one', redirect: false } as const;
const ASUS = { ...PAIR, system: 'asus-esc8000a-e13p', to: 'gpu1', ways: 'both' } as const;

test.each([
  ['#032', PAIR, 53.1],
  ['#034', { ...PAIR, ways: 'both' as const }, 100.5],
  ['#005', ASUS, 103],
  ['#006', { ...ASUS, redirect: true }, 50],
])('the published rate of row %s', (_row, pair, value) => {
  expect(publishedRate(rows, pair)).toBe(value);
});

test.each([{ system: 'wrx90-2vs-v2' }, { from: 'gpu1' }, { to: 'gpu5' }, { redirect: true }])(
  'another pair has none: %j',
  (change) => {
    expect(publishedRate(rows, { ...PAIR, ...change })).toBeNull();
  },
);

test('a row with a slowed link, with transfers of a size, or that is no rate of a copy is of another case', () => {
  const row = rows.find(({ id }) => id === 'wrx90-2sw-flat#032');
  if (row === undefined) throw new Error('no row #032');
  const others = [
    { ...row, overrides: [{ link: '20:01.1', gen: 2 }] },
    { ...row, transfer_bytes: 4096 },
    { ...row, unit: 'ns' as const },
    { ...row, op: 'read' as const },
  ];
  expect(publishedRate([row], PAIR)).toBe(53.1);
  for (const other of others) expect(publishedRate([other], PAIR)).toBeNull();
});
