import type { Column, TableRow } from '../report/column.ts';
import type { System } from '../system/system.ts';
import { parseBytes, parseTime } from '../units.ts';
import type { ExperimentContext } from './experiment-context.ts';
import { placeBound } from './move-under-load-bound.ts';
import type { MovedDriver } from './move-under-load-drivers.ts';
import { movedBuffer, movedSteps } from './move-under-load-life.ts';
import type { LifeEventResult, RunResult } from './run-result.ts';

/**
 * What a driver's device moved in one interval, and the closed-form bound of where the memory was. An interval counts whole
 * TLPs, so that a rate may be one of them, 13 MB/s, above its bound.
 */
export interface TimelineRow extends TableRow {
  readonly driver: string;
  /** Middle of the interval. */
  readonly time_us: number;
  readonly place: string;
  readonly rate_GBps: number;
  readonly bound_GBps: number | null;
}

/** Columns of the csv file. */
export const TIMELINE_COLUMNS: readonly Column[] = [
  { field: 'driver' },
  { field: 'time_us' },
  { field: 'place' },
  { field: 'rate_GBps' },
  { field: 'bound_GBps' },
];

const OUT = parseTime('200 us');
const BACK = parseTime('600 us');
const END = parseTime('1 ms');
const INTERVAL = parseTime('20 us');
const SIZE = parseBytes('4 MiB');
const DEPTH = 32;

/** Where the memory is at a time; a revoked one stays, but nobody can use it. */
function placeAt(events: readonly LifeEventResult[], time: number): string {
  const last = events.findLast(({ what, to_ps }) => what !== 'unrevoke' && to_ps <= time);
  if (last === undefined || events.some(({ what, to_ps }) => what === 'unrevoke' && to_ps <= time))
    return 'gpu0';
  if (last.what === 'revoke') return 'nowhere';
  return last === events[0] ? 'mem:s0' : 'gpu0';
}

function rows(
  driver: MovedDriver,
  result: RunResult,
  boundOf: (place: string) => number | null,
): TimelineRow[] {
  const events = result.buffers?.[0]?.events ?? [];
  return (result.timeline?.series[0]?.rate_GBps ?? []).map((rate_GBps, i) => {
    const place = placeAt(events, i * INTERVAL);
    const bound_GBps = place === 'nowhere' ? null : boundOf(place);
    return { driver: driver.driver, time_us: ((i + 0.5) * INTERVAL) / 1e6, place, rate_GBps, bound_GBps };
  });
}

/** One driver, alone on the machine, whose memory goes out at 200 us and comes back at 600 us. */
export function moveTimeline(
  { runner, profile, seed }: Pick<ExperimentContext, 'runner' | 'profile' | 'seed'>,
  system: System,
  driver: MovedDriver,
): readonly TimelineRow[] {
  const steps = movedSteps(driver.what, OUT, BACK);
  const buffers = [movedBuffer(driver, { depth: DEPTH, attachments: 1, size: SIZE, steps })];
  const result = runner.run({ system, profile, flows: [], buffers, seed, until: END, interval: INTERVAL });
  const bounds = ['gpu0', 'mem:s0'].map(
    (place) => [place, placeBound(profile, system, { driver, depth: DEPTH, place })] as const,
  );
  return rows(driver, result, (place) => new Map(bounds).get(place) ?? null);
}
