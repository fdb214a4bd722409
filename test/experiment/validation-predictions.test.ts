import { describe, expect, it, test } from 'vitest';
import { parseMeasurementFile } from '../../src/experiment/validation/measurement-schema.ts';
import type { RowOutcome } from '../../src/experiment/validation/predict-row.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadParts } from '../../src/node/load-parts.ts';
import { validatePool } from '../../src/node/validate-pool.ts';
import { sampleMeasurements } from '../support/measured-rows.ts';

const parts = loadParts();
const profile = loadKernelProfile();

async function outcomes(text: string, jobs = 1): Promise<readonly RowOutcome[]> {
  const { file, platforms, rows } = parseMeasurementFile(text, 'rows.json');
  const task = { file: { file, platforms, rows }, parts, profile, seed: '1' };
  return (await validatePool(task, { jobs, progress: () => {} })).map(({ outcome }) => outcome);
}

const SAMPLE = JSON.stringify(sampleMeasurements());
const predicted = await outcomes(SAMPLE);

/** Other names for everything that has one, in another alphabetical order; tools and models keep theirs. */
const RENAMED = SAMPLE.replaceAll('GPU0', 'zeta')
  .replaceAll('GPU1', 'alpha')
  .replaceAll('GPU2', 'mid')
  .replaceAll('"bench', '"other')
  .replaceAll('"bare', '"void')
  .replaceAll('s0"', 'socket"')
  .replace(/"(hb\d|rp\d|p\d|sw|Q\d)"/g, '"new-$1"');

describe('the prediction of a row', () => {
  it('is a number or a word in the unit of the row, beside that of the fluid baseline', () => {
    expect(
      predicted.slice(0, 7).map((each) => ('skipped' in each ? each.skipped : typeof each.predicted)),
    ).toEqual(['number', 'number', 'number', 'number', 'number', 'string', 'string']);
    expect(predicted[5]).toMatchObject({ predicted: 'BUS_ADDR', fluid: null, inSample: false });
    expect(predicted[6]).toMatchObject({ predicted: 'works' });
  });

  it('lets redirected flows share the uplink, which the row has slowed to Gen4, with those in the background', () => {
    const [, , , redirected] = predicted;
    if (redirected === undefined || 'skipped' in redirected) throw new Error('it was skipped');
    // Gen4 x16 is 31.5 GB/s, of which 256 B in 280 are payload; two flows share it.
    expect(redirected.fluid).toBeCloseTo((31.507 * 256) / 280 / 2, 2);
    expect(redirected.predicted).toBeLessThan(redirected.fluid ?? 0);
  });

  it('states the share of assumed numbers among those of the parts on the way', () => {
    const [local] = predicted;
    if (local === undefined || 'skipped' in local) throw new Error('it was skipped');
    const onTheWay = parts.filter(({ name }) => ['gpu/generic', 'switch/generic'].includes(name));
    const numbers = onTheWay.flatMap(({ provenance }) => provenance);
    const assumed = numbers.filter(({ kind }) => kind === 'assumed');
    expect(local.assumedShare).toBeCloseTo(assumed.length / numbers.length, 10);
  });

  it('is left out, with the reason, of rows without score, without a tree, and of unknown protocols', () => {
    expect(predicted.slice(7)).toEqual([
      { skipped: 'not scored: tree_unknown' },
      { skipped: 'the tree of its platform is not known' },
      { skipped: 'the protocol homemade is not simulated' },
    ]);
  });
});

test('no prediction depends on what platforms, rows, devices, ports or sockets are called', async () => {
  expect(RENAMED).not.toMatch(/GPU|bench|"sw"|mem:s0/);
  expect(await outcomes(RENAMED)).toEqual(predicted);
});

test('any number of workers gives the same predictions in the order of the file', async () => {
  for (const jobs of [2, 3]) expect(await outcomes(SAMPLE, jobs)).toEqual(predicted);
});

test('a row from which a number of a part of its machine was fixed is in sample', async () => {
  const [gpu, ...others] = parts.toSorted((a) => (a.name === 'gpu/generic' ? -1 : 1));
  const [first, ...rest] = gpu?.provenance ?? [];
  if (gpu === undefined || first === undefined) throw new Error('there is no generic GPU');
  const fixed = { ...gpu, provenance: [{ ...first, fixedBy: ['bench#3'] }, ...rest] };
  const { file, platforms, rows } = parseMeasurementFile(SAMPLE, 'rows.json');
  const task = {
    file: { file, platforms, rows: rows.slice(0, 3) },
    parts: [fixed, ...others],
    profile,
    seed: '1',
  };
  const results = await validatePool(task, { jobs: 1, progress: () => {} });
  expect(results.map(({ outcome }) => 'inSample' in outcome && outcome.inSample)).toEqual([
    false,
    false,
    true,
  ]);
});
