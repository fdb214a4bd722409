import { describe, expect, it } from 'vitest';
import { CollectedOutput } from '../../src/cli/collected-output.ts';
import { loadExperiment } from '../../src/cli/experiment-files.ts';
import { modelUses } from '../../src/experiment/model-uses.ts';
import type { ModelUse } from '../../src/experiment/run-result.ts';
import { ExperimentRounds } from '../../src/experiment/sensitivity/experiment-rounds.ts';
import { largestMove } from '../../src/experiment/sensitivity/move.ts';
import { experimentNames } from '../../src/node/experiment-scripts.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadParts } from '../../src/node/load-parts.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { storedSensitivity } from '../../src/node/stored-sensitivity.ts';
import { lineChart } from '../../src/report/line-chart.ts';
import { commandLine, json } from './command-line.ts';

describe('hairpin experiment', () => {
  it('lists the scripts with their questions', async () => {
    const { experiments } = await json<{ experiments: { name: string; question: string }[] }>('experiment');
    expect(experiments.map(({ name }) => name)).toEqual(experimentNames());
    for (const { question } of experiments) expect(question).toMatch(/\?$/);
  });
});

describe('hairpin experiment gpus-per-uplink', () => {
  const NAME = 'gpus-per-uplink';

  it('ends with the share of assumed numbers, and what is stored of those that move it', async () => {
    const { code, out } = await commandLine('experiment', NAME);
    expect(code).toBe(0);
    const text = out.replaceAll('\n', ' ');
    expect(text).toMatch(
      /Rests on \d+ numbers, \d+ of them assumed \(\d+ %\)\. Of the assumed numbers (none|\d+) moves? a figure by 1 % or more/,
    );
    expect(text).toContain('(stored, of linux-7.3, seed 1; --sensitivity computes it anew)');
  });

  it('counts the numbers of its machines as JSON', async () => {
    const { models } = await json<{ models: readonly ModelUse[] }>('experiment', NAME);
    expect(models).toEqual(modelUses(loadSystem('two-switches-16-gpus')));
  });
});

const quiet = (): void => {};

describe('what is stored of the experiments', () => {
  it('is there of each', () => {
    expect(experimentNames().filter((name) => storedSensitivity(name) === null)).toEqual([]);
  });

  /** That one takes 25 s a round. */
  const MOVED = experimentNames().filter(
    (name) => name !== 'destination-change' && storedSensitivity(name)?.moves.length !== 0,
  );

  it.each(MOVED)(
    '%s: the number that moves it most moves it so far',
    async (name) => {
      const { moves, setting } = storedSensitivity(name) ?? {};
      const [top] = moves ?? [];
      if (top === undefined || !setting) throw new Error('nothing is stored');
      const [less, more] = [Math.abs(top.less_pct ?? 0), Math.abs(top.more_pct ?? 0)];
      const [side, factor] = less > more ? (['less_pct', 0.8] as const) : (['more_pct', 1.2] as const);
      const { seed } = setting;
      const context = { loadSystem, loadParts, profile: loadKernelProfile(setting.kernel), seed };
      const output = new CollectedOutput(null);
      const rounds = new ExperimentRounds(await loadExperiment(name), {
        ...context,
        output,
        progress: quiet,
      });
      const base = await rounds.figures(null);
      const changed = await rounds.figures({ ...top, factor });
      const again = largestMove(top, { base, less: null, more: changed });
      expect([again.figure, again.more_pct?.toFixed(2)]).toEqual([top.figure, top[side]?.toFixed(2)]);
    },
    120_000,
  );
});

describe('the output of an experiment', () => {
  const rows = [
    { size: 1024, rate: 1.5, route: 'a' },
    { size: 2048, rate: 2.5, route: 'a' },
  ];
  const chart = lineChart({
    rows,
    x: { field: 'size', title: 'size', scale: 'log2', format: 'bytes' },
    y: { field: 'rate', title: 'rate' },
    series: { field: 'route' },
  });

  it('prints its tables with their titles, one below the other', () => {
    const output = new CollectedOutput(null);
    output.table(rows, [{ field: 'size' }, { field: 'rate', unit: 'GB/s', digits: 2 }], 'First');
    output.table(rows.slice(1), [{ field: 'route' }]);
    expect(output.text(80)).toBe(
      'First\nsize  rate (GB/s)\n────  ───────────\n1024         1.50\n2048         2.50\n\nroute\n─────\na\n',
    );
  });

  it('draws charts as svg and png where there is a folder, and none where there is none', async () => {
    const [kept, dropped] = [new CollectedOutput('results'), new CollectedOutput(null)];
    await kept.chart('rates', chart);
    await dropped.chart('rates', chart);
    expect([...kept.files.keys(), ...dropped.files.keys()]).toEqual(['rates.svg', 'rates.png']);
  });

  it('writes into its folder alone', () => {
    expect(() => new CollectedOutput('results').write('../rates.csv', '')).toThrow(
      /"\.\.\/rates\.csv" is no file name/,
    );
  });
});
