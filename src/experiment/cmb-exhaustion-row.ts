import type { PagesClientSpec } from '../dma/pages/pages-spec.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { Column } from '../report/column.ts';
import type { System } from '../system/system.ts';
import { type Bytes, bytesPerSecond, formatBytes, parseBytes, parseTime, picoseconds } from '../units.ts';
import { erlangLoss } from './cmb-exhaustion-loss.ts';
import type { PagesLatency, PagesResult } from './pages-result.ts';
import type { Runner } from './runner.ts';

/** A network card that writes blocks into a drive's controller memory buffer. */
export interface CmbCase {
  readonly pool: Bytes;
  /** Offered load in GB/s. */
  readonly offered: number;
}

/** What a case comes to; times in us are those beyond the hold, which all requests have. */
export type CmbRow = Readonly<Record<(typeof NUMBERS)[number], number | null>> & { readonly pool: string };

interface Context {
  readonly runner: Runner;
  readonly profile: KernelProfile;
  readonly seed: string;
}

const SIZE = parseBytes('128 KiB');
const HOLD = parseTime('250 us');
const LENGTH = parseTime('15 ms');

const NUMBERS = [
  'offered_GBps',
  'goodput_GBps',
  'erlangs',
  'fallback_pct',
  'erlang_pct',
  'high_water_MiB',
  'mean_MiB',
  'pool_p50_us',
  'pool_p99_us',
  'system_p50_us',
  'system_p99_us',
  'all_p50_us',
  'all_p99_us',
] as const;

/** The columns of a row. */
export const CMB_COLUMNS: readonly Column[] = [
  { field: 'pool' },
  ...NUMBERS.map((field) => ({
    field,
    title: field.replaceAll('_', ' '),
    digits: 1,
    given: field === 'offered_GBps',
  })),
];

type Load = Pick<PagesClientSpec, 'rate' | 'requests'>;

function simulated({ runner, profile, seed }: Context, system: System, pool: Bytes, load: Load): PagesResult {
  const start = picoseconds(0);
  const fixed = { op: 'write', size: SIZE, depth: 1, hold: HOLD, start, leak: false } as const;
  const clients = [{ id: 'nic0', device: 'nic0', ...fixed, ...load }];
  const memory = { fallback: 'mem:s0', remove: null, grace: start };
  const pages = [{ id: 'cmb', provider: 'nvme0', pool, clients, ...memory }];
  const until = load.requests === null ? LENGTH : null;
  return runner.run({ system, profile, flows: [], pages, seed, until }).pages?.[0] as PagesResult;
}

const beyondHold = (kind: string, latency: PagesLatency | null | undefined) => ({
  [`${kind}_p50_us`]: latency ? latency.p50 / 1e3 - HOLD / 1e6 : null,
  [`${kind}_p99_us`]: latency ? latency.p99 / 1e3 - HOLD / 1e6 : null,
});

/** Simulates a case. The load in erlangs counts a block for as long as a request that is alone holds it. Throws RangeError. */
export function cmbRow(context: Context, system: System, { pool, offered }: CmbCase): CmbRow {
  const alone = simulated(context, system, pool, { rate: null, requests: 1 }).clients[0];
  const held = alone?.pool.latency_ns?.mean ?? Number.NaN;
  const erlangs = (offered / SIZE) * held;
  const rate = bytesPerSecond(offered * 1e9);
  const { clients, high_water_bytes, mean_bytes } = simulated(context, system, pool, {
    rate,
    requests: null,
  });
  const [client] = clients;
  return {
    pool: formatBytes(pool),
    offered_GBps: offered,
    goodput_GBps: client?.goodput_GBps ?? null,
    erlangs,
    fallback_pct: 100 * (client?.fallback_share ?? 0),
    erlang_pct: 100 * erlangLoss(erlangs, pool / SIZE),
    high_water_MiB: high_water_bytes / 2 ** 20,
    mean_MiB: mean_bytes / 2 ** 20,
    ...beyondHold('pool', client?.pool.latency_ns),
    ...beyondHold('system', client?.system.latency_ns),
    ...beyondHold('all', client?.all.latency_ns),
  } as CmbRow;
}

const LATENCIES = [
  { field: 'pool_p50_us', latency: 'pool, p50' },
  { field: 'pool_p99_us', latency: 'pool, p99' },
  { field: 'system_p50_us', latency: 'system memory, p50' },
  { field: 'system_p99_us', latency: 'system memory, p99' },
] as const;

/** The latencies of rows as rows of their own, for a chart with a line for each. */
export const cmbLatencies = (rows: readonly CmbRow[]) =>
  LATENCIES.flatMap(({ field, latency }) =>
    rows.map((row) => ({ latency, offered_GBps: row.offered_GBps, us: row[field] })),
  );
