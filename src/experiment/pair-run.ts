import { flowSpec } from '../dma/flow-spec.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { Column } from '../report/column.ts';
import { withRedirect } from '../system/edit.ts';
import type { System } from '../system/system.ts';
import { type Bytes, bytes } from '../units.ts';
import { boundOfRun } from './bound-of-run.ts';
import { type PairOfSystem, publishedRate } from './published-rate.ts';
import type { Runner } from './runner.ts';
import type { MeasuredRow } from './validation/measured-row.ts';

/** Copies of one size between a pair of devices, one at a time: one way, or both ways at once. */
export interface PairCase extends PairOfSystem {
  readonly size: Bytes;
}

/** What a pair does, summed over its flows; null where they are refused, or where nothing was published. */
export interface PairRow {
  readonly goodput_GBps: number | null;
  /** Closed-form bound of the same copies. */
  readonly bound_GBps: number | null;
  /** Published, for copies of large buffers. */
  readonly measured_GBps: number | null;
  /** Where the requests turn. */
  readonly turn: string;
  /** What the first flow waited for longest, and the share of its time. */
  readonly limitedBy: string;
  readonly share: number | null;
}

/** The columns of a pair's row, with the route by which its case is called. */
export const PAIR_COLUMNS: readonly Column[] = [
  { field: 'route' },
  { field: 'ways' },
  { field: 'goodput_GBps', title: 'simulated', unit: 'GB/s', digits: 2 },
  { field: 'bound_GBps', title: 'bound', unit: 'GB/s', digits: 2 },
  { field: 'measured_GBps', title: 'measured', unit: 'GB/s', digits: 1 },
  { field: 'limitedBy', title: 'limited by' },
  { field: 'share', digits: 2 },
];

/** Bytes that each flow moves at least, in copies one after the other. */
const LEAST_BYTES = 2 ** 20;

/** Copies with which those of the published large buffers are compared. */
const LARGE = 2 ** 23;

interface PairContext {
  readonly runner: Runner;
  readonly profile: KernelProfile;
  readonly seed: string;
}

/** Simulates a case on its system; ACS redirect, where the case has it, is set in every port. */
export function runPair(
  { runner, profile, seed }: PairContext,
  system: System,
  pair: PairCase,
  published: readonly MeasuredRow[],
): PairRow {
  const machine = pair.redirect ? withRedirect(system, 'all') : system;
  const transfers = Math.max(1, Math.ceil(LEAST_BYTES / pair.size));
  const flow = (from: string, to: string) =>
    flowSpec({ from: [from], to: [to], size: bytes(pair.size), transfers });
  const there = flow(pair.from, pair.to);
  const flows = pair.ways === 'one' ? [there] : [there, flow(pair.to, pair.from)];
  const { flows: results, end_ps } = runner.run({ system: machine, profile, flows, seed, until: null });
  const moved = results.reduce((sum, { bytes: delivered }) => sum + delivered, 0);
  const [first] = results;
  const limit = first?.limitedBy[0];
  return {
    goodput_GBps: moved > 0 ? (moved * 1e3) / end_ps : null,
    bound_GBps: boundOfRun(machine, profile, flows),
    measured_GBps: pair.size >= LARGE ? publishedRate(published, pair) : null,
    turn: first?.routes[0]?.turn ?? 'refused',
    limitedBy: limit?.resource ?? first?.refused ?? 'none',
    share: limit?.share ?? null,
  };
}
