import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { USUAL_SEED } from '../experiment/resolve-scenario.ts';
import { accuracyCsv, worstRowsCsv } from '../experiment/validation/validation-files.ts';
import { withAccuracy } from '../report/with-accuracy.ts';
import { loadKernelProfile } from './load-kernel.ts';
import { publishedMeasurements } from './published-measurements.ts';
import { sensitivityFile } from './stored-sensitivity.ts';
import { validate } from './validate.ts';

/*
 * `npm run accuracy` in the package's root: predicts the published measurements, and writes the medians and the worst rows to
 * `experiments/expected/accuracy*.csv` and between the marks in `README.md`.
 */
const page = readFileSync('README.md', 'utf8');
// A page without marks is told of before the work, not after it.
const moves = readFileSync(sensitivityFile('validate'), 'utf8');
withAccuracy(page, { phenomena: '', worst: '', moves });
const report = await validate(publishedMeasurements(), {
  profile: loadKernelProfile(),
  seed: USUAL_SEED,
  jobs: availableParallelism(),
  progress: () => {},
});
const stored = { phenomena: accuracyCsv(report), worst: worstRowsCsv(report), moves };
writeFileSync('experiments/expected/accuracy.csv', stored.phenomena);
writeFileSync('experiments/expected/accuracy-worst.csv', stored.worst);
writeFileSync('README.md', withAccuracy(page, stored));
