import type { ExperimentContext } from '../../experiment/experiment-context.ts';
import { USUAL_SEED } from '../../experiment/resolve-scenario.ts';
import { Runner } from '../../experiment/runner.ts';
import { loadSystem } from '../../node/load-system.ts';
import { definitionList } from '../../report/definition-list.ts';
import { CollectedOutput } from '../collected-output.ts';
import type { Answer, CommandModule } from '../command-module.ts';
import { KERNEL, OUTPUT } from '../common-options.ts';
import { experimentNames, loadExperiment } from '../experiment-files.ts';
import type { Invocation } from '../invocation.ts';
import { announcedKernel } from '../pick-kernel.ts';
import { progressBar } from '../progress-bar.ts';

async function list(): Promise<Answer> {
  const rows: { readonly name: string; readonly question: string }[] = [];
  for (const name of experimentNames()) rows.push({ name, question: (await loadExperiment(name)).question });
  return {
    document: { experiments: rows },
    text: (width) =>
      definitionList(
        rows.map(({ name, question }) => [name, question]),
        width,
      ),
  };
}

async function perform(name: string, invocation: Invocation): Promise<Answer> {
  const experiment = await loadExperiment(name);
  const output = new CollectedOutput(invocation.value('output'));
  const profile = announcedKernel(invocation.value('kernel'), invocation);
  const bar = progressBar(name, invocation);
  const seed = invocation.value('seed') ?? USUAL_SEED;
  const context: ExperimentContext = {
    runner: new Runner(),
    loadSystem,
    profile,
    seed,
    output,
    progress: bar.update,
  };
  try {
    await experiment.run(context);
  } finally {
    bar.stop();
  }
  if (output.dir === null && !invocation.quiet)
    invocation.io.err(`for files and charts: hairpin experiment ${name} -o results\n`);
  const tables = output.tables.map(({ title, rows }) => ({ title, rows }));
  return {
    document: {
      experiment: name,
      question: experiment.question,
      kernel: profile.name,
      seed,
      tables,
      files: [...output.files.keys()],
    },
    text: (width) => `${experiment.question}\n\n${output.text(width)}`,
    files: output.files,
  };
}

export const command: CommandModule = {
  summary: 'a script of experiments/; the list without a name',
  about:
    'Runs an experiment: it prints its tables, and with -o leaves tables and charts in a folder. Without a name, lists the experiments with the question that each answers.',
  arguments: [{ form: '[name]', about: 'name of an experiment' }],
  options: [KERNEL, OUTPUT],
  examples: ['experiment', 'experiment switch-local-vs-host-bridge', 'experiment gpus-per-uplink -o results'],
  run: (invocation) => {
    const [name] = invocation.args;
    return name === undefined ? list() : perform(name, invocation);
  },
};
