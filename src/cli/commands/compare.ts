import { compare } from '../../experiment/compare.ts';
import { compareFiles } from '../../experiment/compare-files.ts';
import { USUAL_SEED } from '../../experiment/resolve-scenario.ts';
import { Runner } from '../../experiment/runner.ts';
import { compareText } from '../../report/compare-text.ts';
import type { CommandModule } from '../command-module.ts';
import { BOOT, loadBooted } from '../boot.ts';
import { KERNEL, OUTPUT } from '../common-options.ts';
import { contestOf } from '../compare-contestants.ts';
import { progressBar } from '../progress-bar.ts';
import { UsageError } from '../usage-error.ts';
import { wholeNumber } from '../whole-number.ts';

const USUAL_RUNS = 4;

export const command: CommandModule = {
  summary: 'the same traffic on several systems, side by side',
  about:
    'Simulates the same traffic on several systems and says which one is better, by how many percent, whether the 95 % intervals overlap, and what limits each. All flows move the same number of bytes; the rate is the sum over the devices of their bytes by the time of their slowest flow.',
  arguments: [{ form: '<system...>', about: 'two systems or more: names, or their files' }],
  options: [
    {
      form: '--traffic <name>',
      about:
        'all-to-all: each device writes to each other (default); pairs: each of the first half to its counterpart in the second half; or a scenario file, whose flows run on each system',
    },
    { form: '--devices <ids>', about: 'devices, by commas (default: all GPUs)' },
    { form: '--size <size>', about: 'of one copy (default: 128 KiB)' },
    { form: '--copies <count>', about: 'copies of each flow (default: 4)' },
    { form: '--runs <count>', about: `runs of each system with other seeds (default: ${USUAL_RUNS})` },
    KERNEL,
    BOOT,
    OUTPUT,
  ],
  examples: [
    'compare wrx90-2sw-flat wrx90-2vs',
    'compare wrx90-2sw-flat asus-esc8000a-e13p --traffic pairs --json',
  ],
  run(invocation) {
    if (invocation.args.length < 2) {
      throw new UsageError(`compare has one system (${invocation.args.join(', ')}); name two or more`);
    }
    const contest = contestOf(invocation);
    const contestants = invocation.args.map((name) => contest.contestant(loadBooted(name, invocation)));
    const bar = progressBar('comparing', invocation);
    const document = compare(contestants, {
      traffic: contest.traffic,
      seed: invocation.value('seed') ?? USUAL_SEED,
      runs: wholeNumber(invocation, 'runs', USUAL_RUNS),
      runner: new Runner(),
      progress: bar.update,
    });
    bar.stop();
    return { document, text: (width) => compareText(document, width), files: compareFiles(document) };
  },
};
