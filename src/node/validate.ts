import { checkRows } from '../experiment/validation/check-rows.ts';
import { validationSensitivity } from '../experiment/sensitivity/validation-sensitivity.ts';
import { parseMeasurementFile } from '../experiment/validation/measurement-schema.ts';
import { partLibrary } from '../experiment/validation/part-library.ts';
import { type ValidationReport, validationReport } from '../experiment/validation/report.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import { loadParts } from './load-parts.ts';
import { readText } from './read-text.ts';
import { shownPath } from './shown-path.ts';
import { type PoolOptions, validatePool } from './validate-pool.ts';

export interface ValidateOptions extends PoolOptions {
  readonly profile: KernelProfile;
  readonly seed: string;
  /** Whether the report says how far each assumed number moves the predictions, which takes a hundred times as long. */
  readonly vary?: boolean;
}

/**
 * Predictions beside the rows of a file of measurements. Rejects with ModelError, before anything is simulated, for a file that is
 * not good or rows that do not fit their machines.
 */
export async function validate(path: string, options: ValidateOptions): Promise<ValidationReport> {
  const { profile, seed, vary = false } = options;
  const document = parseMeasurementFile(readText(path), shownPath(path));
  const parts = loadParts();
  checkRows(document, partLibrary(parts));
  const { file: name, platforms, rows } = document;
  const file = { file: name, platforms, rows };
  const changes = await validatePool({ file, parts, profile, seed, vary }, options);
  const outcomes = changes.map(({ outcome }) => outcome);
  const report = validationReport(file, outcomes, { kernel: profile.name, seed });
  if (!vary) return report;
  const own = new Set(changes.flatMap((each) => each.parts));
  const used = parts.filter((part) => own.has(part.name));
  return { ...report, sensitivity: validationSensitivity(file, changes, used) };
}
