import { benchmarkOf } from '../benchmarks/benchmarks.ts';
import type { MeasuredRow, MeasurementFile } from './measured-row.ts';
import type { RowRefusal } from './measurement-schema.ts';

/** What the kernel decides, and what has been seen to happen. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  map_type: ['BUS_ADDR', 'THRU_HOST_BRIDGE', 'NOT_SUPPORTED'],
  peer_write: ['works', 'fails'],
  peer_read: ['works', 'fails'],
};

/** Protocols that are not simulated and whose value is a time. */
const TIMED = ['p2pmark_latency_loaded', 'perftest_latency'];

/** Of what is not known, its own. */
function unitOf({ op, protocol, unit }: MeasuredRow): MeasuredRow['unit'] {
  if (op in WORDS) return 'enum';
  if (op === 'distance' || op === 'scaling_knee') return 'count';
  if (TIMED.includes(protocol)) return 'ns';
  return benchmarkOf(protocol)?.unit ?? unit;
}

function valueRefusal({ op, unit, value }: MeasuredRow): RowRefusal | null {
  const words = WORDS[op];
  if (words !== undefined) {
    if (words.some((word) => word === value)) return null;
    return { key: 'value', expected: `one of ${words.join(', ')}`, remedy: 'choose one of these' };
  }
  const least = unit === 'count' ? 0 : Number.MIN_VALUE;
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return null;
  return {
    key: 'value',
    expected: `a number ${unit === 'count' ? 'from 0' : 'above 0'}, in ${unit},`,
    remedy: 'correct it, or write score: false',
  };
}

/** What the rest of the file says. */
export interface FileSoFar extends Pick<MeasurementFile, 'platforms'> {
  /** Of the rows before. */
  readonly ids: ReadonlySet<string>;
}

/** Why a row cannot be used, as far as that needs no machine; null where it can. Of rows without score only names are looked at. */
export function rowRefusal(row: MeasuredRow, { ids, platforms }: FileSoFar): RowRefusal | null {
  if (ids.has(row.id))
    return { key: 'id', expected: 'an id of its own', remedy: 'rename one of the two rows' };
  if (!Object.hasOwn(platforms, row.platform)) {
    const known = Object.keys(platforms).join(', ');
    return { key: 'platform', expected: 'a key of platforms', remedy: `choose from ${known}` };
  }
  if (!row.score) return null;
  const unit = unitOf(row);
  if (row.unit !== unit) {
    const what = unit === 'ns' || unit === 'GB/s' ? `protocol ${row.protocol}` : `op ${row.op}`;
    return { key: 'unit', expected: `the unit ${unit} of ${what}`, remedy: `convert the value to ${unit}` };
  }
  if (row.flows.length === 0) {
    const remedy = 'write them like [[GPU0, GPU1]], or write score: false';
    return { key: 'flows', expected: 'one flow or more', remedy };
  }
  return valueRefusal(row);
}
