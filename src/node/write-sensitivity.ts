import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ExperimentOutput } from '../experiment/experiment-context.ts';
import { USUAL_SEED } from '../experiment/resolve-scenario.ts';
import { ExperimentRounds } from '../experiment/sensitivity/experiment-rounds.ts';
import { experimentSensitivity } from '../experiment/sensitivity/experiment-sensitivity.ts';
import { sensitivityCsv } from '../experiment/sensitivity/sensitivity-csv.ts';
import { validationSensitivityCsv } from '../experiment/sensitivity/validation-sensitivity-csv.ts';
import { experimentNames, loadScript } from './experiment-scripts.ts';
import { inlineMore } from './inline-more.ts';
import { loadKernelProfile } from './load-kernel.ts';
import { loadParts } from './load-parts.ts';
import { loadSystem } from './load-system.ts';
import { publishedMeasurements } from './published-measurements.ts';
import { sensitivityFile } from './stored-sensitivity.ts';
import { validate } from './validate.ts';

/*
 * `npm run sensitivity [-- NAME...]` in the package's root: changes each assumed number of the experiments' machines by 20 %, and writes what
 * that moves to `experiments/sensitivity/NAME.csv`, of all experiments or of the named ones, and last of the predictions of the published
 * measurements, which takes half an hour (`validate`).
 */
const VALIDATION = 'validate';

const SILENT: ExperimentOutput = {
  dir: null,
  table: () => {},
  write: () => {},
  chart: () => Promise.resolve(),
};

function store(name: string, content: string): void {
  const file = sensitivityFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** One worker, which leaves the other cores to others. */
async function writeValidation(): Promise<void> {
  const setting = { profile: loadKernelProfile(), seed: USUAL_SEED, jobs: 1, progress: () => {} };
  const report = await validate(publishedMeasurements(), { ...setting, vary: true });
  if (report.sensitivity) store(VALIDATION, validationSensitivityCsv(report.sensitivity, report));
}

async function writeExperiment(name: string): Promise<void> {
  const experiment = await loadScript(name);
  if (experiment === null) throw new RangeError(`there is no experiment ${name}`);
  const profile = loadKernelProfile();
  const setting = { profile, seed: USUAL_SEED, progress: () => {} };
  const rounds = new ExperimentRounds(experiment, { ...setting, loadSystem, loadParts, output: SILENT });
  const result = await experimentSensitivity(rounds, await rounds.figures(null), () => {});
  store(name, sensitivityCsv(result, { kernel: profile.name, seed: USUAL_SEED }));
}

inlineMore();
const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : [...experimentNames(), VALIDATION]) {
  const start = performance.now();
  await (name === VALIDATION ? writeValidation() : writeExperiment(name));
  process.stdout.write(`${name}: ${((performance.now() - start) / 1e3).toFixed(0)} s\n`);
}
