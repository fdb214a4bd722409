import { compare, type Comparison } from '../../experiment/compare.ts';
import { compareFiles } from '../../experiment/compare-files.ts';
import { USUAL_SEED } from '../../experiment/resolve-scenario.ts';
import { Runner } from '../../experiment/runner.ts';
import {
  type CompareSensitivityCase,
  compareSensitivity,
} from '../../experiment/sensitivity/compare-sensitivity.ts';
import { loadSystem } from '../../node/load-system.ts';
import { compareText } from '../../report/compare-text.ts';
import type { System } from '../../system/system.ts';
import { type NumberChange, withScaledPart } from '../../system/with-scaled-part.ts';
import { BOOT, booted } from '../boot.ts';
import type { CommandModule } from '../command-module.ts';
import { KERNEL, OUTPUT } from '../common-options.ts';
import { contestOf } from '../compare-contestants.ts';
import type { Invocation } from '../invocation.ts';
import { progressBar } from '../progress-bar.ts';
import { sayingOnce } from '../saying-once.ts';
import { UsageError } from '../usage-error.ts';
import { wholeNumber } from '../whole-number.ts';

const USUAL_RUNS = 4;

const changedBy = (system: System, change: NumberChange | null): System =>
  change === null ? system : withScaledPart(system, change);

async function withSensitivity(
  of: Omit<CompareSensitivityCase, 'progress'>,
  invocation: Invocation,
): Promise<Comparison> {
  const bar = progressBar('changing assumed numbers', invocation);
  return compareSensitivity({ ...of, progress: bar.update }).finally(bar.stop);
}

export const command: CommandModule = {
  summary: 'the same traffic on several systems, side by side',
  about:
    'Simulates the same traffic on several systems and says which one is better, by how many percent, whether the 95 % intervals overlap, what limits each, and whether that order survives a change of each assumed number by 20 %. All flows move the same number of bytes; the rate is the sum over the devices of their bytes by the time of their slowest flow.',
  arguments: [{ form: '<system...>', about: 'two systems or more: names, or their files' }],
  options: [
    {
      form: '--traffic <name>',
      about:
        'all-to-all: each device writes to each other (default); pairs: each of the first half to its counterpart in the second half; or a scenario file, whose flows or benchmark run on each system',
    },
    { form: '--devices <ids>', about: 'devices, by commas (default: all GPUs)' },
    { form: '--size <size>', about: 'of one copy (default: 128 KiB)' },
    { form: '--copies <count>', about: 'copies of each flow (default: 4)' },
    { form: '--runs <count>', about: `runs of each system with other seeds (default: ${USUAL_RUNS})` },
    {
      form: '--no-sensitivity',
      about: 'do not try whether the order survives a change of each assumed number by 20 %',
    },
    KERNEL,
    BOOT,
    OUTPUT,
  ],
  examples: [
    'compare wrx90-2sw-flat wrx90-2vs',
    'compare wrx90-2sw-flat asus-esc8000a-e13p --traffic pairs --json',
  ],
  async run(given) {
    const invocation = sayingOnce(given);
    if (invocation.args.length < 2) {
      throw new UsageError(`compare has one system (${invocation.args.join(', ')}); name two or more`);
    }
    const contest = contestOf(invocation);
    const systems = invocation.args.map(loadSystem);
    const contestants = (change: NumberChange | null) =>
      systems.map((system) => contest.contestant(booted(changedBy(system, change), invocation)));
    const bar = progressBar('comparing', invocation);
    const comparison = compare(contestants(null), {
      traffic: contest.traffic,
      measure: contest.measure,
      seed: invocation.value('seed') ?? USUAL_SEED,
      runs: wholeNumber(invocation, 'runs', USUAL_RUNS),
      runner: new Runner(),
      progress: bar.update,
    });
    bar.stop();
    const document = invocation.flag('sensitivity')
      ? await withSensitivity({ comparison, contestants }, invocation)
      : comparison;
    return { document, text: (width) => compareText(document, width), files: compareFiles(document) };
  },
};
