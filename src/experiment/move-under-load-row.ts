import type { Column, TableRow } from '../report/column.ts';
import type { System } from '../system/system.ts';
import { parseBytes, parseTime } from '../units.ts';
import type { ExperimentContext } from './experiment-context.ts';
import type { MovedDriver } from './move-under-load-drivers.ts';
import { MOVED_TRANSFER, movedBuffer, movedSteps } from './move-under-load-life.ts';
import { placeBound } from './move-under-load-bound.ts';

/** What one move (or revoke) cost, in us: the exporter, up to the copy and with it, and the worst of those who use the memory. */
export interface MoveRow extends TableRow {
  readonly driver: string;
  readonly what: string;
  readonly depth: number;
  readonly attachments: number;
  readonly told_us: number;
  readonly drain_us: number;
  readonly fences_us: number;
  readonly unmap_us: number;
  /** The exporter's time until nobody uses the memory any more: all of the above. */
  readonly stopped_us: number;
  readonly copy_us: number;
  readonly refault_us: number;
  readonly remap_us: number;
  /** Null for a revoke, which lasts as long as the experiment likes. */
  readonly stall_us: number | null;
  /** What all transfers under way take at the closed-form rate of the memory's place. */
  readonly bound_us: number | null;
}

/** Columns of the table and of the csv file; times are in us. */
export const MOVE_COLUMNS: readonly Column[] = [
  { field: 'driver' },
  { field: 'what', title: 'event' },
  { field: 'depth' },
  { field: 'attachments', title: 'users' },
  ...['told', 'drain', 'fences', 'unmap', 'stopped', 'copy', 'refault', 'remap', 'stall'].map((cost) => ({
    field: `${cost}_us`,
    title: cost,
    digits: 2,
  })),
];

const OUT = parseTime('40 us');
const BACK = parseTime('120 us');
const END = parseTime('220 us');
const SIZE = parseBytes('1 MiB');

type Context = Pick<ExperimentContext, 'runner' | 'profile' | 'seed'>;

/** Runs the life of a buffer up to its first event, and until those who used it go on. */
export function moveRow(
  { runner, profile, seed }: Context,
  system: System,
  { driver, depth, attachments }: { driver: MovedDriver; depth: number; attachments: number },
): MoveRow {
  const steps = movedSteps(driver.what, OUT, driver.what === 'move' ? END : BACK);
  const buffers = [movedBuffer(driver, { depth, attachments, size: SIZE, steps })];
  const result = runner.run({ system, profile, flows: [], buffers, seed, until: END });
  const event = result.buffers?.[0]?.events[0];
  const us = (...costs: readonly string[]): number =>
    costs.reduce((sum, cost) => sum + (event?.costs[`${cost}_ns` as never] ?? 0), 0) / 1e3;
  const rate = placeBound(profile, system, { driver, depth: depth * attachments, place: 'gpu0' });
  return {
    driver: driver.driver,
    what: driver.what,
    depth,
    attachments,
    told_us: us('lock_wait', 'fan_out'),
    drain_us: us('drain_reads', 'drain_writes'),
    fences_us: us('fences'),
    unmap_us: us('iotlb', 'atc', 'unmaps'),
    stopped_us: ((event?.total_ns ?? 0) - (event?.costs.copy_ns ?? 0)) / 1e3,
    copy_us: us('copy'),
    refault_us: us('refault'),
    remap_us: us('remap'),
    stall_us: driver.what === 'move' ? us('stall') : null,
    bound_us: rate && (depth * attachments * MOVED_TRANSFER) / rate / 1e3,
  };
}
