import { flowSpec } from '../dma/flow-spec.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { Column } from '../report/column.ts';
import type { IommuMode, System } from '../system/system.ts';
import { parseBytes } from '../units.ts';
import type { AcsCase } from './acs-and-iommu-cases.ts';
import { type AcsWays, acsWays } from './acs-and-iommu-ways.ts';
import { boundOfRun } from './bound-of-run.ts';
import type { Runner } from './runner.ts';

/** What a case comes to: payload per time in GB/s, null where the kernel refuses the pair or a port ends its TLPs. */
export interface AcsRow extends AcsWays {
  readonly pair: string;
  /** `0x1d` */
  readonly acs: string;
  readonly iommu: IommuMode;
  readonly ats: 'on' | 'off';
  readonly write_GBps: number | null;
  /** With the same the other way at once: the sum, and its closed-form bound. */
  readonly write_both_GBps: number | null;
  readonly write_bound_GBps: number | null;
  readonly read_GBps: number | null;
  readonly read_both_GBps: number | null;
  readonly read_bound_GBps: number | null;
  /** What those of one way wait for longest. */
  readonly write_limit: string;
  readonly read_limit: string;
}

const rate = (field: string, title: string): Column => ({ field, title, digits: 1 });

/** The columns of a row, but for the pair; rates are in GB/s. */
export const ACS_COLUMNS: readonly Column[] = [
  { field: 'acs', title: 'ACS' },
  { field: 'iommu', title: 'IOMMU' },
  { field: 'ats', title: 'ATS' },
  { field: 'verdict' },
  { field: 'address' },
  { field: 'requests' },
  { field: 'completions' },
  rate('write_GBps', 'write'),
  rate('write_both_GBps', 'both'),
  rate('write_bound_GBps', 'bound'),
  rate('read_GBps', 'read'),
  rate('read_both_GBps', 'both'),
  rate('read_bound_GBps', 'bound'),
  { field: 'write_limit', title: 'writes wait for' },
  { field: 'read_limit', title: 'reads wait for' },
];

const FOR_FILES_ALONE = ['verdict', 'write_limit', 'read_limit', 'write_bound_GBps', 'read_bound_GBps'];

/** Those that fit onto a terminal. */
export const ACS_SHOWN = ACS_COLUMNS.filter(({ field }) => !FOR_FILES_ALONE.includes(field));

const COPIES = { size: parseBytes('256 KiB'), transfers: 6, depth: 2 };

interface Context {
  readonly runner: Runner;
  readonly profile: KernelProfile;
  readonly seed: string;
}

interface Traffic {
  readonly op: 'write' | 'read';
  /** Where data is and where it goes. */
  readonly ends: readonly (readonly [from: string, to: string])[];
}

interface Outcome {
  readonly rate: number | null;
  readonly bound: number | null;
  readonly limit: string;
}

function simulated({ runner, profile, seed }: Context, system: System, { op, ends }: Traffic): Outcome {
  const flows = ends.map(([from, to]) => flowSpec({ from: [from], to: [to], op, ...COPIES }));
  const { flows: results, end_ps } = runner.run({ system, profile, flows, seed, until: null });
  const moved = results.reduce((sum, { bytes }) => sum + bytes, 0);
  const [first] = results;
  return {
    rate: moved > 0 ? (moved * 1e3) / end_ps : null,
    bound: boundOfRun(system, profile, flows),
    limit: first?.limitedBy[0]?.resource ?? first?.refused ?? 'none',
  };
}

const hex = (bits: number): string => `0x${bits.toString(16).padStart(2, '0')}`;

/**
 * Simulates a case: `from` writes to the memory of `to`, and reads out of it, alone and while `to` does the same. `system` is
 * the case's own. Throws RangeError for devices that it does not have.
 */
export function acsRow(context: Context, system: System, each: AcsCase): AcsRow {
  const [there, back] = [[each.from, each.to] as const, [each.to, each.from] as const];
  const run = (op: Traffic['op'], ends: Traffic['ends']) => simulated(context, system, { op, ends });
  const [write, read] = [run('write', [there]), run('read', [back])];
  const [writes, reads] = [run('write', [there, back]), run('read', [back, there])];
  return {
    pair: each.pair,
    acs: hex(each.acs),
    iommu: each.iommu,
    ats: each.ats ? 'on' : 'off',
    ...acsWays(system, context.profile, each),
    write_GBps: write.rate,
    write_both_GBps: writes.rate,
    write_bound_GBps: writes.bound,
    read_GBps: read.rate,
    read_both_GBps: reads.rate,
    read_bound_GBps: reads.bound,
    write_limit: write.limit,
    read_limit: read.limit,
  };
}
