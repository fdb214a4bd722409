import type { MeasuredRow } from './validation/measured-row.ts';

/** Copies between a pair of devices of a system: one flow or two opposite ones, with ACS redirect in every port or in none. */
export interface PairOfSystem {
  readonly system: string;
  readonly from: string;
  readonly to: string;
  readonly ways: 'one' | 'both';
  readonly redirect: boolean;
}

/**
 * The published rate, in GB/s, of copies of large buffers between such a pair; null where nobody published one. Systems are named
 * as the platforms they were written from, and their devices too, but for the case of their letters.
 */
export function publishedRate(rows: readonly MeasuredRow[], pair: PairOfSystem): number | null {
  const { system, from, to, ways, redirect } = pair;
  const there = [from, to];
  const flows = JSON.stringify(ways === 'one' ? [there] : [there, [to, from]]);
  const acs = JSON.stringify(redirect ? { redirect: 'all' } : 'off');
  const same = (row: MeasuredRow) =>
    row.platform === system &&
    row.op === 'copy' &&
    row.unit === 'GB/s' &&
    row.transfer_bytes === null &&
    row.overrides.length === 0 &&
    JSON.stringify(row.acs) === acs &&
    JSON.stringify(row.flows).toLowerCase() === flows;
  const value = rows.find(same)?.value;
  return typeof value === 'number' ? value : null;
}
