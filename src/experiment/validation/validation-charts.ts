import type { TopLevelSpec } from 'vega-lite';
import { validationChart } from '../../report/validation-chart.ts';
import type { ValidationReport } from './report.ts';
import type { ValidationRow } from './validation-row.ts';

/** Phenomena that share a marker, by its label. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'below one switch': ['switch-local', 'virtual-switch', 'redirected'],
  'through a root complex': ['host-bridge', 'cross-socket', 'chipset'],
  'many flows': ['shared-links', 'staggered-probe', 'all-to-all'],
  'host memory, NICs, drives': ['host-copy', 'host-staging', 'nvme-to-device', 'gpudirect-rdma'],
  'pcie-bench': ['pcie-bench-bandwidth', 'pcie-bench-latency'],
  'pcie-bench, IOMMU': ['pcie-bench-iommu'],
};
const OTHERS = 'between devices';

/** Of the tolerances that rows state the one in the middle. */
const BAND_PCT = 10;

const groupOf = ({ phenomenon }: ValidationRow): string =>
  Object.entries(GROUPS).find(([, members]) => members.includes(phenomenon))?.[0] ?? OTHERS;

function chartOf(rows: readonly ValidationRow[], unit: 'GB/s' | 'ns'): TopLevelSpec | null {
  const points = rows.flatMap((row) => {
    const { measured, predicted } = row;
    if (row.unit !== unit || typeof measured !== 'number' || typeof predicted !== 'number') return [];
    return measured > 0 && predicted > 0 ? [{ group: groupOf(row), measured, predicted }] : [];
  });
  if (points.length === 0) return null;
  const present = new Set(points.map(({ group }) => group));
  const groups = [...Object.keys(GROUPS), OTHERS].filter((group) => present.has(group));
  return validationChart({ points, groups, unit, band_pct: BAND_PCT });
}

/** Charts of predicted against measured rates, and of times, by name; none where there are no such rows. */
export function validationCharts({ rows }: ValidationReport): ReadonlyMap<string, TopLevelSpec> {
  const charts = [
    ['predicted-against-measured', chartOf(rows, 'GB/s')],
    ['predicted-against-measured-latency', chartOf(rows, 'ns')],
  ] as const;
  return new Map(charts.flatMap(([name, chart]) => (chart === null ? [] : [[name, chart] as const])));
}
