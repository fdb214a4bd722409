import { describe, expect, it } from 'vitest';
import { Runner } from '../../../src/experiment/runner.ts';
import { rowChanges, type RowChanges } from '../../../src/experiment/sensitivity/row-changes.ts';
import { validationSensitivity } from '../../../src/experiment/sensitivity/validation-sensitivity.ts';
import { parseMeasurementFile } from '../../../src/experiment/validation/measurement-schema.ts';
import { partLibrary } from '../../../src/experiment/validation/part-library.ts';
import { predictRow } from '../../../src/experiment/validation/predict-row.ts';
import { loadKernelProfile } from '../../../src/node/load-kernel.ts';
import { loadPart } from '../../../src/node/load-part.ts';
import { loadParts } from '../../../src/node/load-parts.ts';
import { scaledPart } from '../../../src/system/scaled-part.ts';
import { measuredRow, sampleMeasurements } from '../../support/measured-rows.ts';

const parts = loadParts();
const context = {
  library: partLibrary(parts),
  runner: new Runner(),
  profile: loadKernelProfile(),
  seed: '1',
};
const { rows, platforms } = parseMeasurementFile(JSON.stringify(sampleMeasurements()), 'rows.json');

function placed(id: string) {
  const row = rows.find((each) => each.id === id);
  const platform = row && platforms[row.platform];
  if (row === undefined || platform === undefined) throw new Error(`there is no row ${id}`);
  return { row, platform };
}

describe('a row with the assumed numbers of its machine changed', () => {
  it.each(['bench#3', 'bench#4', 'bench#5'])(
    '%s comes to what it is predicted with parts that have the other number',
    (id) => {
      const { outcome, changes } = rowChanges(placed(id), context);
      expect(outcome).toEqual(predictRow(placed(id), context));
      expect(changes.length).toBeGreaterThan(0);
      for (const { part: name, path, factor, predicted } of changes.slice(0, 5)) {
        const other = parts.map((part) =>
          part.name === name ? (scaledPart(part, path, factor) ?? part) : part,
        );
        const again = predictRow(placed(id), { ...context, library: partLibrary(other) });
        expect(again, `${name} ${path}`).toMatchObject({ predicted });
      }
    },
    120_000,
  );

  it('names the parts of its machine, and no change that leaves the prediction alone', () => {
    const { parts: names, changes, outcome } = rowChanges(placed('bench#5'), context);
    expect(names).toEqual(expect.arrayContaining(['gpu/generic', 'switch/generic']));
    expect(changes.map(({ path }) => path)).toContain('latency');
    if ('skipped' in outcome) throw new Error(outcome.skipped);
    for (const { predicted } of changes) expect(predicted).not.toBe(outcome.predicted);
  });

  it('has no changes where it is not predicted', () => {
    expect(rowChanges(placed('bench#8'), context)).toMatchObject({ parts: [], changes: [] });
  });
});

const row = (id: string, phenomenon: string) => measuredRow({ id, phenomenon, value: 100 });

describe('the sensitivity of a validation', () => {
  const generic = loadPart('switch/generic');
  const number = { part: generic.name, path: 'latency' };
  const grounds = { fluid: null, scale: null, inSample: false, assumedShare: null };
  const outcome = (predicted: number, changes: RowChanges['changes'] = []): RowChanges => ({
    outcome: { predicted, ...grounds },
    parts: [generic.name],
    changes,
  });
  const file = {
    file: 'f',
    platforms: {},
    rows: [row('a', 'x'), row('b', 'x'), row('c', 'y'), row('d', 'y')],
  };
  const result = validationSensitivity(
    file,
    [
      outcome(110, [
        { ...number, factor: 0.8, predicted: 99 },
        { ...number, factor: 1.2, predicted: 121 },
      ]),
      outcome(130),
      outcome(100, [{ ...number, factor: 1.2, predicted: 100.9 }]),
      { outcome: { skipped: 'a test' }, parts: [], changes: [] },
    ],
    [generic],
  );
  const move = result.moves.find(({ path }) => path === 'latency');

  it('names the row that moves furthest, and counts those that move by 1 % or more', () => {
    expect(move).toMatchObject({ figure: 'a', rows: 1 });
    expect([move?.less_pct, move?.more_pct]).toEqual([expect.closeTo(-10, 9), expect.closeTo(10, 9)]);
  });

  it('names the phenomenon whose median error changes most, in percentage points', () => {
    // Of a and b the errors are 10 and 30 %; with the lower number 1 and 30 %, with the higher 21 and 30 %.
    expect(move).toMatchObject({ phenomenon: 'x', median_points: expect.closeTo(5.5, 9) });
  });

  it('has each assumed number once', () => {
    const { moves, still, unvaried, assumed } = result;
    expect(moves).toHaveLength(1);
    expect(moves.length + still.length + unvaried.length).toBe(assumed);
  });
});
