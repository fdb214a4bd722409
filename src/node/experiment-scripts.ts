import { readdirSync } from 'node:fs';
import type { Experiment } from '../experiment/experiment-context.ts';

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

/** One script; null where there is none of this name. */
export async function loadScript(name: string): Promise<Experiment | null> {
  const file = scripts().get(name);
  if (file === undefined) return null;
  return (await import(/* @vite-ignore */ new URL(file, FOLDER).href)) as Experiment;
}
