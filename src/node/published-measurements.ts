import { join } from 'node:path';
import type { MeasurementFile } from '../experiment/validation/measured-row.ts';
import { parseMeasurementFile } from '../experiment/validation/measurement-schema.ts';
import { modelsFolder } from './models-folder.ts';
import { readText } from './read-text.ts';

/** Path of the published measurements that come with this package. */
export const publishedMeasurements = (): string => join(modelsFolder('measurements'), 'published.json');

/** Reads them. Throws ModelError. */
export const loadPublished = (): MeasurementFile =>
  parseMeasurementFile(readText(publishedMeasurements()), publishedMeasurements());
