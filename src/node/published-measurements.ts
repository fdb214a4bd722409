import { join } from 'node:path';
import { modelsFolder } from './models-folder.ts';

/** Path of the published measurements that come with this package. */
export const publishedMeasurements = (): string => join(modelsFolder('measurements'), 'published.json');
