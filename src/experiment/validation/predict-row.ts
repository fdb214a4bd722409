import { StuckError } from '../../engine/stuck-error.ts';
import type { System } from '../../system/system.ts';
import { anonymousRow, type PlacedRow } from './anonymous-row.ts';
import { type BenchmarkContext } from '../benchmarks/protocol.ts';
import { benchmarkOf } from '../benchmarks/benchmarks.ts';
import { deviceCaps } from '../benchmarks/device-caps.ts';
import { fluidBaseline } from './fluid-baseline.ts';
import type { MeasuredRow } from './measured-row.ts';
import { type PartLibrary, platformSystem } from './platform-system.ts';
import { policyPrediction } from './policy-prediction.ts';
import type { Prediction } from './prediction.ts';
import { type RowGrounds, rowGrounds } from './row-grounds.ts';
import { rowWorkload } from './row-workload.ts';

/** What the model and the fluid baseline say of a row, in the row's unit, and on what grounds: plain data. */
export interface RowPrediction extends RowGrounds {
  readonly predicted: number | string;
  /** Null of kernel verdicts. */
  readonly fluid: number | null;
  /** What was simulated; null where nothing was. */
  readonly scale: string | null;
}

export type RowOutcome = RowPrediction | { readonly skipped: string };

export interface RowContext extends Omit<BenchmarkContext, 'system'> {
  readonly library: PartLibrary;
}

function predict(row: MeasuredRow, system: System, context: RowContext): Prediction {
  const policy = policyPrediction(row, system, context.profile);
  if (policy !== null) return policy;
  const benchmark = benchmarkOf(row.protocol);
  if (benchmark === null) return { skipped: `the protocol ${row.protocol} is not simulated` };
  return benchmark.protocol(rowWorkload(row), { ...context, system });
}

function outcome(placed: PlacedRow, context: RowContext, id: string): RowOutcome {
  const { row, platform } = placed;
  const system = platformSystem(platform, row, context.library);
  const prediction = predict(row, system, context);
  if ('skipped' in prediction) return prediction;
  const { value: predicted, scale } = prediction;
  const fluid = fluidBaseline({ row, system, caps: deviceCaps(system) });
  return { predicted, scale, fluid, ...rowGrounds(system, row, id) };
}

/**
 * Predicts a row that is scored, or says why not: rows that are not scored, machines without a tree, protocols that are not
 * simulated, flows that the machine cannot have, runs that get stuck. Depends on nothing but the row and its machine, names excepted.
 * Throws ModelError for a tree that is none.
 */
export function predictRow(placed: PlacedRow, context: RowContext): RowOutcome {
  const { row, platform } = placed;
  if (!row.score) return { skipped: `not scored: ${row.no_score_reason ?? 'no reason is given'}` };
  if (platform.topology === null) return { skipped: 'the tree of its platform is not known' };
  try {
    return outcome(anonymousRow(placed), context, row.id);
  } catch (error) {
    if (error instanceof StuckError) return { skipped: `the simulation got stuck: ${error.message}` };
    if (error instanceof RangeError) return { skipped: `not predictable: ${error.message}` };
    throw error;
  }
}
