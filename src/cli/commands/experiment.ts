import { modelUses, partsOf } from '../../experiment/model-uses.ts';
import { USUAL_SEED } from '../../experiment/resolve-scenario.ts';
import { assumedShare } from '../../experiment/sensitivity/assumed-share.ts';
import { ExperimentRounds } from '../../experiment/sensitivity/experiment-rounds.ts';
import { experimentSensitivity } from '../../experiment/sensitivity/experiment-sensitivity.ts';
import { RememberingRunner } from '../../experiment/sensitivity/remembering-runner.ts';
import { experimentNames } from '../../node/experiment-scripts.ts';
import { loadParts } from '../../node/load-parts.ts';
import { loadSystem } from '../../node/load-system.ts';
import { storedSensitivity } from '../../node/stored-sensitivity.ts';
import type { KernelProfile } from '../../policy/kernel-profile.ts';
import { definitionList } from '../../report/definition-list.ts';
import { storedMovesText } from '../../report/stored-moves-text.ts';
import { CollectedOutput } from '../collected-output.ts';
import type { Answer, CommandModule } from '../command-module.ts';
import { KERNEL, OUTPUT, SENSITIVITY } from '../common-options.ts';
import { loadExperiment } from '../experiment-files.ts';
import type { Invocation } from '../invocation.ts';
import { announcedKernel } from '../pick-kernel.ts';
import { progressBar } from '../progress-bar.ts';
import { withSensitivity } from '../with-sensitivity.ts';

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

interface Performance {
  readonly name: string;
  readonly question: string;
  readonly profile: KernelProfile;
  readonly seed: string;
  readonly output: CollectedOutput;
  readonly rounds: ExperimentRounds;
}

function answerOf({ name, question, profile, seed, output, rounds }: Performance): Answer {
  const tables = output.tables.map(({ title, rows }) => ({ title, rows }));
  const files = [...output.files.keys()];
  const models = modelUses(...rounds.systems());
  return {
    document: { experiment: name, question, kernel: profile.name, seed, tables, files, models },
    text: (width) => `${question}\n\n${output.text(width)}`,
    files: output.files,
  };
}

/** The answer with the moves that are stored, as far as there are any. */
function withStored({ text, ...answer }: Answer, { name, rounds }: Performance): Answer {
  const share = assumedShare(partsOf(...rounds.systems()));
  const stored = storedSensitivity(name);
  return { ...answer, text: (width) => `${text(width)}\n${storedMovesText(share, stored, width)}` };
}

async function perform(name: string, invocation: Invocation): Promise<Answer> {
  const experiment = await loadExperiment(name);
  const output = new CollectedOutput(invocation.value('output'));
  const profile = announcedKernel(invocation.value('kernel'), invocation);
  const seed = invocation.value('seed') ?? USUAL_SEED;
  const bar = progressBar(name, invocation);
  const varies = invocation.flag('sensitivity');
  const context = { loadSystem, loadParts, profile, seed, output, progress: bar.update };
  const rounds = new ExperimentRounds(experiment, context, new RememberingRunner(varies ? undefined : 0));
  const base = await rounds.figures(null).finally(bar.stop);
  if (output.dir === null && !invocation.quiet)
    invocation.io.err(`for files and charts: hairpin experiment ${name} -o results\n`);
  const performance = { name, question: experiment.question, profile, seed, output, rounds };
  const answer = answerOf(performance);
  if (!varies) return withStored(answer, performance);
  const changes = progressBar('changing assumed numbers', invocation);
  const sensitivity = await experimentSensitivity(rounds, base, changes.update).finally(changes.stop);
  return withSensitivity(answer, sensitivity, { kernel: profile.name, seed });
}

export const command: CommandModule = {
  summary: 'a script of experiments/; the list without a name',
  about:
    'Runs an experiment: it prints its tables, and with -o leaves tables and charts in a folder. Without a name, lists the experiments with the question that each answers.',
  arguments: [{ form: '[name]', about: 'name of an experiment' }],
  options: [KERNEL, OUTPUT, SENSITIVITY],
  examples: ['experiment', 'experiment switch-local-vs-host-bridge', 'experiment gpus-per-uplink -o results'],
  run: (invocation) => {
    const [name] = invocation.args;
    return name === undefined ? list() : perform(name, invocation);
  },
};
