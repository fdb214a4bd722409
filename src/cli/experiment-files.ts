import type { Experiment } from '../experiment/experiment-context.ts';
import { experimentNames, loadScript } from '../node/experiment-scripts.ts';
import { closeNames } from '../system/close-names.ts';
import { UsageError } from './usage-error.ts';

/** Loads one script. Throws UsageError where there is none of this name. */
export async function loadExperiment(name: string): Promise<Experiment> {
  const script = await loadScript(name);
  if (script !== null) return script;
  const close = closeNames(name, experimentNames());
  const hint =
    close.length > 0 ? `did you mean ${close.join(' or ')}?` : `there are ${experimentNames().join(', ')}`;
  throw new UsageError(`there is no experiment "${name}"; ${hint}`);
}
