import type { Part } from '../../system/part.ts';
import { scaledPart } from '../../system/scaled-part.ts';
import type { NumberChange } from '../../system/with-scaled-part.ts';
import { partsOf } from '../model-uses.ts';
import type { PlacedRow } from '../validation/anonymous-row.ts';
import { type PartLibrary, platformSystem } from '../validation/platform-system.ts';
import { predictRow, type RowContext, type RowOutcome } from '../validation/predict-row.ts';
import { RememberingRunner } from './remembering-runner.ts';
import { variedNumbers } from './varied-numbers.ts';

/** What a change makes of a row's prediction; null: there is none any more. */
export interface ChangedPrediction extends NumberChange {
  readonly predicted: number | string | null;
}

/** A row's outcome, and those changes of its machine's assumed numbers that make it another one. */
export interface RowChanges {
  readonly outcome: RowOutcome;
  /** Names of the parts of the machine. */
  readonly parts: readonly string[];
  readonly changes: readonly ChangedPrediction[];
}

/** The same library, in which a part has another number. */
function libraryUnder(
  { catalogue, partOf }: PartLibrary,
  { part: name, path, factor }: NumberChange,
): PartLibrary {
  const part = partOf(name);
  const changed = scaledPart(part, path, factor) ?? part;
  return { catalogue, partOf: (wanted) => (wanted === name ? changed : partOf(wanted)) };
}

function changesOf(parts: readonly Part[]): readonly NumberChange[] {
  const { varied } = variedNumbers(parts);
  return varied.flatMap(({ number: { part, path }, less, more }) =>
    [less, more].flatMap((factor) => (factor === null ? [] : [{ part, path, factor }])),
  );
}

const valueOf = (outcome: RowOutcome): number | string | null =>
  'skipped' in outcome ? null : outcome.predicted;

/**
 * Predicts a row as it is, and once more for each change of an assumed number of its machine by a fifth; rows without a prediction
 * have no changes. Throws as `predictRow` does.
 */
export function rowChanges(placed: PlacedRow, context: RowContext): RowChanges {
  const runner = new RememberingRunner();
  const under = (library: PartLibrary): RowOutcome => {
    const outcome = predictRow(placed, { ...context, library, runner });
    runner.rewind();
    return outcome;
  };
  const outcome = under(context.library);
  if ('skipped' in outcome) return { outcome, parts: [], changes: [] };
  const parts = partsOf(platformSystem(placed.platform, placed.row, context.library));
  const changes = changesOf(parts).map((change) => ({
    ...change,
    predicted: valueOf(under(libraryUnder(context.library, change))),
  }));
  return {
    outcome,
    parts: parts.map(({ name }) => name),
    changes: changes.filter(({ predicted }) => predicted !== outcome.predicted),
  };
}
