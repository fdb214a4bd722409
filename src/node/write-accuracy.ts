import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { USUAL_SEED } from '../experiment/resolve-scenario.ts';
import { accuracyCsv } from '../experiment/validation/validation-files.ts';
import { withAccuracyTable } from '../report/accuracy-table.ts';
import { loadKernelProfile } from './load-kernel.ts';
import { publishedMeasurements } from './published-measurements.ts';
import { validate } from './validate.ts';

/*
 * `npm run accuracy` in the package's root: predicts the published measurements, and writes the medians to
 * `experiments/expected/accuracy.csv` and between the marks in `README.md`.
 */
const page = readFileSync('README.md', 'utf8');
// A page without marks is told of before the work, not after it.
withAccuracyTable(page, '');
const report = await validate(publishedMeasurements(), {
  profile: loadKernelProfile(),
  seed: USUAL_SEED,
  jobs: availableParallelism(),
  progress: () => {},
});
const table = accuracyCsv(report);
writeFileSync('experiments/expected/accuracy.csv', table);
writeFileSync('README.md', withAccuracyTable(page, table));
