import type { KernelProfile } from '../../policy/kernel-profile.ts';
import type { System } from '../../system/system.ts';
import type { RunResult } from '../run-result.ts';
import type { Runner } from '../runner.ts';
import type { Workload } from './workload.ts';

/** Why there is no value, with the run in which a flow was refused. */
export interface Skipped {
  readonly skipped: string;
  readonly run?: RunResult;
}

/** A benchmark's value, in GB/s or ns, the scale of what was simulated, and the run that it was read from; or why there is none. */
export type Outcome = { readonly value: number; readonly scale: string; readonly run: RunResult } | Skipped;

export interface BenchmarkContext {
  readonly system: System;
  /** One resident engine for all runs. */
  readonly runner: Runner;
  readonly profile: KernelProfile;
  readonly seed: string;
  /** For the progress bar: how many of at most how many runs are done. */
  readonly progress?: (done: number, of: number) => void;
}

/** Replays what a tool does. Throws RangeError for ends that the machine does not have, StuckError. */
export type Protocol = (workload: Workload, context: BenchmarkContext) => Outcome;
