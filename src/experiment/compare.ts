import { halfWidth95, mean } from '../observe/statistics.ts';
import { type LimitGroup, mainLimits } from './compare-limits.ts';
import { flowsByDevice } from './compare-rate.ts';
import { type Contestant, type ContestantRun, runContestant } from './compare-run.ts';
import type { ModelUse } from './run-result.ts';
import type { Runner } from './runner.ts';
import type { Survival } from './sensitivity/survival.ts';
import type { Sensitivity } from './sensitivity/sensitivity.ts';

/** How one system did. */
export interface ContestantResult {
  readonly system: string;
  readonly kernel: string;
  /** Devices that issue transfers, and flows. */
  readonly devices: number;
  readonly flows: number;
  /** What the comparison's `measure` says, mean of the runs; null where a flow is refused. */
  readonly rate_GBps: number | null;
  /** 95 % interval of that mean; null for a single run. */
  readonly ci95_GBps: readonly [number, number] | null;
  readonly limitedBy: readonly LimitGroup[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  readonly models: readonly ModelUse[];
}

export interface Better {
  readonly system: string;
  readonly than: string;
  /** By how much its rate is above that of the next best. */
  readonly percent: number;
  /** Whether the intervals of the two have values in common; null where there are none. */
  readonly intervalsOverlap: boolean | null;
  /** Whether it stays the best when an assumed number is another one; absent where that was not tried. */
  readonly survives?: Survival;
}

/** The same traffic on several systems: plain data, the JSON of `hairpin compare`. */
export interface Comparison {
  readonly traffic: string;
  /** What rates are. */
  readonly measure: string;
  readonly seed: string;
  readonly runs: number;
  readonly systems: readonly ContestantResult[];
  /** Null where nothing can be said, for the reason in `undecided`. */
  readonly better: Better | null;
  readonly undecided?: string;
  /** How far each assumed number moves the rates; absent where that was not tried. */
  readonly sensitivity?: Sensitivity;
}

export interface CompareSettings extends Pick<Comparison, 'traffic' | 'measure'> {
  readonly seed: string;
  /** Runs of each system, with seeds of their own; their spread makes the interval. */
  readonly runs: number;
  readonly runner: Runner;
  readonly progress: (done: number, of: number) => void;
}

function interval(rates: readonly number[]): readonly [number, number] | null {
  const half = halfWidth95(rates);
  return Number.isNaN(half) ? null : [mean(rates) - half, mean(rates) + half];
}

function summary({ system, profile, flows }: Contestant, runs: readonly ContestantRun[]): ContestantResult {
  const results = runs.flatMap(({ result }) => result.flows);
  const rates = runs.flatMap(({ rate }) => (rate === null ? [] : [rate]));
  return {
    system: system.name,
    kernel: profile.name,
    devices: flowsByDevice(flows).size,
    flows: flows.length,
    rate_GBps: rates.length > 0 ? mean(rates) : null,
    ci95_GBps: interval(rates),
    limitedBy: mainLimits(system, results),
    refused: results.flatMap(({ id, refused: reason }) => (reason === undefined ? [] : [{ id, reason }])),
    models: runs[0]?.result.models ?? [],
  };
}

/** The first run has the seed itself; where a flow is refused one run says it all. */
function runAll(
  contestant: Contestant,
  { seed, runs, runner }: CompareSettings,
  step: () => void,
): readonly ContestantRun[] {
  const done: ContestantRun[] = [];
  for (let i = 0; i < runs && done.at(-1)?.rate !== null; i++) {
    done.push(runContestant(contestant, i === 0 ? seed : `${seed}/${i}`, runner));
    step();
  }
  return done;
}

/** Why no system is better than the others; null where one may be. */
function whyUndecided(systems: readonly ContestantResult[]): string | null {
  if (systems.some(({ rate_GBps }) => rate_GBps === null)) {
    return 'flows are refused and have no rate; what users get instead, copies staged through system memory, `hairpin explain` bounds';
  }
  const counts = systems.map(({ devices }) => devices);
  if (new Set(counts).size > 1)
    return `the numbers of devices differ (${counts.join(', ')}); choose them with --devices`;
  return new Set(systems.map(({ rate_GBps }) => rate_GBps)).size === 1 ? 'all do equally well' : null;
}

function betterOf(systems: readonly ContestantResult[]): Better | null {
  const [best, next] = systems.toSorted((a, b) => (b.rate_GBps ?? 0) - (a.rate_GBps ?? 0));
  if (!best?.rate_GBps || !next?.rate_GBps) return null;
  const [upper, lower] = [best.ci95_GBps, next.ci95_GBps];
  return {
    system: best.system,
    than: next.system,
    percent: (best.rate_GBps / next.rate_GBps - 1) * 100,
    intervalsOverlap: upper && lower ? upper[0] <= lower[1] : null,
  };
}

/** Runs the same traffic on each system, several times with seeds of their own, and says which one is better. */
export function compare(contestants: readonly Contestant[], settings: CompareSettings): Comparison {
  const { traffic, measure, seed, runs, progress } = settings;
  let done = 0;
  const step = (): void => progress(++done, contestants.length * runs);
  const systems = contestants.map((one) => summary(one, runAll(one, settings, step)));
  const undecided = whyUndecided(systems);
  const judgement = undecided === null ? { better: betterOf(systems) } : { better: null, undecided };
  return { traffic, measure, seed, runs, systems, ...judgement };
}
