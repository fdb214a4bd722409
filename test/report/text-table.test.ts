import { describe, expect, it } from 'vitest';
import { textTable } from '../../src/report/text-table.ts';

const COLUMNS = [
  { field: 'flow' },
  { field: 'goodput_GBps', title: 'goodput', unit: 'GB/s', digits: 2 },
  { field: 'tlps', title: 'TLPs' },
  { field: 'limitedBy', title: 'limited by' },
];
const ROWS = [
  { flow: 'there', goodput_GBps: 26.1049, tlps: 262_144, limitedBy: 'link rp20 up' },
  { flow: 'back', goodput_GBps: -0.001, tlps: 1, limitedBy: 'none' },
  { flow: 'refused', goodput_GBps: null, tlps: null },
];

describe('a table for the terminal', () => {
  it('puts numbers to the right under heads with units, and a dash where there is none', () => {
    expect(textTable(ROWS, COLUMNS)).toBe(
      [
        'flow     goodput (GB/s)    TLPs  limited by',
        '───────  ──────────────  ──────  ────────────',
        'there             26.10  262144  link rp20 up',
        'back               0.00       1  none',
        'refused               -       -  -',
        '',
      ].join('\n'),
    );
  });

  it('shortens long texts, never numbers, to the width of the terminal', () => {
    const lines = textTable(ROWS, COLUMNS, 42).split('\n');
    expect(lines[2]).toBe('there             26.10  262144  link rp2…');
    expect(Math.max(...lines.map((line) => line.length))).toBe(42);
  });

  it('counts cells of the terminal, not code units', () => {
    const rows = [
      { name: '漢字', n: 1 },
      { name: 'e\u0301', n: 2 },
    ];
    expect(textTable(rows, [{ field: 'name' }, { field: 'n' }])).toBe(
      'name  n\n────  ─\n漢字  1\ne\u0301     2\n',
    );
  });

  it('refuses a value that is not finite', () => {
    expect(() => textTable([{ rate: Number.NaN }], [{ field: 'rate' }])).toThrow('"rate" is NaN');
  });
});
