import { desc, from, op } from 'arquero';
import { jainIndex } from '../observe/statistics.ts';
import type { Column } from '../report/column.ts';
import type { RunResult } from './run-result.ts';

/** What the flows of a run do together. Rates are of payload; null where nothing was delivered. */
export interface FlowStatistics {
  readonly flows: number;
  /** All bytes over the time from the start to the last arrival. */
  readonly together_GBps: number | null;
  /** Mean, least and most of the flows' goodputs, each over its own time. */
  readonly mean_GBps: number | null;
  readonly least_GBps: number | null;
  readonly most_GBps: number | null;
  /** Jain's fairness index of the flows' rates: 1 where all are equal. */
  readonly jain: number | null;
  /** Largest 99th percentile of a flow's transfers. */
  readonly p99_us: number | null;
  /** The resource that the flows waited for longest, and its mean share of their time. */
  readonly limitedBy: string;
  readonly share: number;
}

/** Columns of flow statistics, with `bound_GBps` for the closed-form bound of `together_GBps`. */
export const STATISTICS_COLUMNS: readonly Column[] = [
  { field: 'flows' },
  { field: 'mean_GBps', title: 'each', unit: 'GB/s', digits: 2 },
  { field: 'together_GBps', title: 'together', unit: 'GB/s', digits: 2 },
  { field: 'bound_GBps', title: 'bound', unit: 'GB/s', digits: 2 },
  { field: 'jain', digits: 3 },
  { field: 'p99_us', title: 'p99', unit: 'us', digits: 2 },
  { field: 'limitedBy', title: 'limited by' },
  { field: 'share', digits: 2 },
];

/** Sums up the flows of a run; refused ones count as flows and add nothing. Throws RangeError where there are none. */
export function flowStatistics({ flows, end_ps }: RunResult): FlowStatistics {
  if (flows.length === 0) throw new RangeError('a result without flows; expected one or more');
  const table = from(
    flows.map(({ goodput_GBps, latency_ns }) => ({
      rate: goodput_GBps,
      p99: latency_ns && latency_ns.p99 / 1e3,
    })),
  );
  const [sums] = table
    .rollup({
      sum: op.sum('rate'),
      mean: op.mean('rate'),
      least: op.min('rate'),
      most: op.max('rate'),
      p99: op.max('p99'),
    })
    .objects() as { mean?: number; least?: number; most?: number; p99?: number }[];
  const moved = flows.reduce((sum, { bytes }) => sum + bytes, 0);
  const rates = flows.flatMap(({ goodput_GBps }) => (goodput_GBps === null ? [] : [goodput_GBps]));
  return {
    flows: flows.length,
    together_GBps: moved > 0 ? (moved * 1e3) / end_ps : null,
    mean_GBps: sums?.mean ?? null,
    least_GBps: sums?.least ?? null,
    most_GBps: sums?.most ?? null,
    jain: rates.length > 0 ? jainIndex(rates) : null,
    p99_us: sums?.p99 ?? null,
    ...mainLimit(flows),
  };
}

function mainLimit(flows: RunResult['flows']): { limitedBy: string; share: number } {
  const shares = flows.flatMap(({ limitedBy }) => [...limitedBy]);
  if (shares.length === 0) return { limitedBy: 'none', share: 0 };
  const [top] = from(shares)
    .groupby('resource')
    .rollup({ share: op.sum('share') })
    .orderby(desc('share'), 'resource')
    .objects({ limit: 1 }) as { resource: string; share: number }[];
  return { limitedBy: top?.resource ?? 'none', share: (top?.share ?? 0) / flows.length };
}
