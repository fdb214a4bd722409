import type { TopLevelSpec } from 'vega-lite';
import { groupedBars } from '../report/grouped-bars.ts';
import type { AcsRow } from './acs-and-iommu-row.ts';

const BITS = ['SV', 'TB', 'RR', 'CR', 'UF', 'EC', 'DT'];

/** `0x1d SV RR CR UF` */
function named(acs: string): string {
  const control = Number.parseInt(acs, 16);
  return [acs, ...BITS.filter((_, bit) => control & (1 << bit))].join(' ');
}

/** How addresses are made; null for `passthrough`, which is not drawn, as its addresses and rates are those of `off`. */
function series({ iommu, ats }: AcsRow): string | null {
  switch (iommu) {
    case 'off':
      return 'untranslated';
    case 'passthrough':
      return null;
    case 'translate':
      return ats === 'on' ? 'with ATS' : 'translated';
  }
}

/** Bars of one pair, both ways at once: a group for each ACS setting, a bar for each mode of the IOMMU. */
export function acsChart(rows: readonly AcsRow[], op: 'write' | 'read'): TopLevelSpec {
  const shown = rows.flatMap((row) => {
    const name = series(row);
    return name === null ? [] : [{ ...row, acs: named(row.acs), series: name }];
  });
  const what = op === 'write' ? 'Writes' : 'Reads';
  return groupedBars({
    rows: shown,
    group: { field: 'acs' },
    value: { field: `${op}_both_GBps`, title: `${what} both ways at once (GB/s)` },
    series: { field: 'series' },
    bound: { field: `${op}_bound_GBps` },
  });
}
