import { describe, expect, it } from 'vitest';
import { CollectedOutput } from '../../src/cli/collected-output.ts';
import { experimentNames } from '../../src/cli/experiment-files.ts';
import { lineChart } from '../../src/report/line-chart.ts';
import { json } from './command-line.ts';

describe('hairpin experiment', () => {
  it('lists the scripts with their questions', async () => {
    const { experiments } = await json<{ experiments: { name: string; question: string }[] }>('experiment');
    expect(experiments.map(({ name }) => name)).toEqual(experimentNames());
    for (const { question } of experiments) expect(question).toMatch(/\?$/);
  });
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
