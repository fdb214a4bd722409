import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { Column } from '../report/column.ts';
import type { System } from '../system/system.ts';
import { parseBytes, parseTime, type Picoseconds, picoseconds } from '../units.ts';
import type { Runner } from './runner.ts';

/** A network card that writes into a drive's memory while the drive is removed. */
export interface RemovalCase {
  readonly way: 'DMABUF' | 'struct pages';
  /** Transfers, or requests, under way at a time. */
  readonly depth: number;
  /** How long the drive works on what has been written, in us. */
  readonly hold_us: number;
}

/** Time from the call of the driver's remove to its return, over several moments of calling. */
export interface RemovalRow {
  readonly way: string;
  readonly depth: number;
  readonly hold_us: number;
  readonly least_us: number;
  readonly mean_us: number;
  readonly longest_us: number;
}

interface Context {
  readonly runner: Runner;
  readonly profile: KernelProfile;
  readonly seed: string;
}

interface Removal extends RemovalCase {
  readonly at: Picoseconds;
  readonly until: Picoseconds;
}

/** The columns of a row. */
export const REMOVAL_COLUMNS: readonly Column[] = [
  { field: 'way', title: 'memory' },
  { field: 'depth' },
  { field: 'hold_us' },
  { field: 'least_us', title: 'least us', digits: 1 },
  { field: 'mean_us', title: 'mean us', digits: 1 },
  { field: 'longest_us', title: 'longest us', digits: 1 },
];

const SIZE = parseBytes('128 KiB');
const POOL = parseBytes('2 MiB');
/** Until all transfers of any depth are under way, and as long as the slowest drain. */
const SETTLED = parseTime('300 us');
const MOMENTS = 12;
const ZERO = picoseconds(0);
const DRIVE = { id: 'memory', fallback: 'mem:s0' };
const NIC = { id: 'nic0', device: 'nic0', op: 'write', size: SIZE, start: ZERO } as const;

/** With DMABUF the importer is told to stop, and what the drive does with the data is no matter. */
function revoked({ runner, ...context }: Context, system: System, { depth, at, until }: Removal): number {
  const importers = [{ ...NIC, kind: 'page-fault', depth, transfers: null, job: depth } as const];
  const steps = [{ at, what: 'remove' } as const];
  const buffer = { ...DRIVE, exporter: 'nvme0', kind: 'vfio', size: POOL, importers, steps } as const;
  const { buffers } = runner.run({ ...context, system, flows: [], buffers: [buffer], until });
  return (buffers?.[0]?.events[0]?.total_ns ?? Number.NaN) / 1e3;
}

/** With pages the driver waits for all that is held. */
function unbound({ runner, ...context }: Context, system: System, removal: Removal): number {
  const { depth, at, until, hold_us } = removal;
  const hold = picoseconds(hold_us * 1e6);
  const clients = [{ ...NIC, depth, rate: null, requests: null, hold, leak: false }];
  const pages = [{ ...DRIVE, provider: 'nvme0', pool: POOL, remove: at, grace: ZERO, clients }];
  const result = runner.run({ ...context, system, flows: [], pages, until });
  return (result.pages?.[0]?.removals[0]?.waited_ns ?? Number.NaN) / 1e3;
}

/** Moments spread evenly over more than the time that a request takes, when two holds have passed. */
function moments({ way, hold_us }: RemovalCase): readonly Picoseconds[] {
  const hold = hold_us * 1e6;
  const first = SETTLED + (way === 'DMABUF' ? 0 : 2 * hold);
  const spread = hold + SETTLED / 2;
  return Array.from({ length: MOMENTS }, (_, i) => picoseconds(Math.round(first + (i * spread) / MOMENTS)));
}

/** Simulates the removals of a case. Throws RangeError for a system without `nic0` and `nvme0`. */
export function removalRow(context: Context, system: System, each: RemovalCase): RemovalRow {
  const times = moments(each).map((at) => {
    const removal = { ...each, at, until: picoseconds(at + each.hold_us * 1e6 + SETTLED) };
    return each.way === 'DMABUF' ? revoked(context, system, removal) : unbound(context, system, removal);
  });
  return {
    ...each,
    least_us: Math.min(...times),
    mean_us: times.reduce((sum, time) => sum + time, 0) / MOMENTS,
    longest_us: Math.max(...times),
  };
}
