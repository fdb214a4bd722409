import { readdirSync } from 'node:fs';
import type { Experiment } from '../experiment/experiment-context.ts';
import { closeNames } from '../system/close-names.ts';
import { UsageError } from './usage-error.ts';

/** `experiments/` beside `src/`, in the sources and in `dist/` alike. */
const FOLDER = new URL('../../experiments/', import.meta.url);
const SCRIPT = /^([\w-]+)\.(?:ts|js)$/;

function scripts(): ReadonlyMap<string, string> {
  const files = readdirSync(FOLDER)
    .filter((file) => SCRIPT.test(file))
    .sort();
  return new Map(files.map((file) => [SCRIPT.exec(file)?.[1] ?? file, file]));
}

/** Names of all experiments: those of the files in `experiments/`. */
export const experimentNames = (): readonly string[] => [...scripts().keys()];

/** Loads one script. Throws UsageError where there is none of this name. */
export async function loadExperiment(name: string): Promise<Experiment> {
  const file = scripts().get(name);
  if (file !== undefined) return (await import(/* @vite-ignore */ new URL(file, FOLDER).href)) as Experiment;
  const close = closeNames(name, experimentNames());
  const hint =
    close.length > 0 ? `did you mean ${close.join(' or ')}?` : `there are ${experimentNames().join(', ')}`;
  throw new UsageError(`there is no experiment "${name}"; ${hint}`);
}
