import type { KernelProfile } from '../../policy/kernel-profile.ts';
import type { System } from '../../system/system.ts';
import type { Runner } from '../runner.ts';
import type { DeviceCaps } from './device-caps.ts';
import type { MeasuredRow } from './measured-row.ts';

/** What a row comes to by the model, in the row's unit, with the scale of what was simulated; or why it cannot be predicted. */
export type Prediction =
  | { readonly value: number | string; readonly scale: string | null }
  | { readonly skipped: string };

export interface PredictionContext {
  /** One resident engine for all rows. */
  readonly runner: Runner;
  readonly profile: KernelProfile;
  readonly seed: string;
  /** Of the row's machine. */
  readonly caps: DeviceCaps;
}

/**
 * Replays what a benchmark does, on the row's machine as the row has it (links, ACS, IOMMU). Throws RangeError for ends that the
 * machine does not have.
 */
export type Protocol = (row: MeasuredRow, system: System, context: PredictionContext) => Prediction;
