import { join } from 'node:path';
import { type Measurement, parseMeasurements } from '../experiment/measurements.ts';
import { listModels, modelsFolder } from './models-folder.ts';
import { readText } from './read-text.ts';

/** All published values of this package's `models/measurements`. Throws ModelError. */
export const loadMeasurements = (): readonly Measurement[] =>
  listModels('measurements').flatMap((name) => {
    const file = join(modelsFolder('measurements'), `${name}.yaml`);
    return parseMeasurements(readText(file), file);
  });
