import { describe, expect, it, test } from 'vitest';
import type { MeasuredRow } from '../../src/experiment/validation/measured-row.ts';
import type { RowOutcome, RowPrediction } from '../../src/experiment/validation/predict-row.ts';
import { median, validationReport } from '../../src/experiment/validation/report.ts';
import {
  accuracyCsv,
  validationFiles,
  worstRowsCsv,
} from '../../src/experiment/validation/validation-files.ts';
import { withAccuracy } from '../../src/report/with-accuracy.ts';
import { validationText } from '../../src/report/validation-text.ts';
import { measuredRow } from '../support/measured-rows.ts';

const outcome = (changes: Partial<RowPrediction>): RowPrediction => ({
  predicted: 50,
  fluid: 60,
  scale: 'once',
  inSample: false,
  assumedShare: 0.5,
  ...changes,
});

function reportOf(...cases: readonly (readonly [Partial<MeasuredRow>, RowOutcome])[]) {
  const rows = cases.map(([changes], i) => measuredRow({ id: `m#${i}`, ...changes }));
  const outcomes = cases.map(([, each]) => each);
  const file = { file: 'some.json', platforms: {}, rows };
  return validationReport(file, outcomes, { kernel: 'linux-7.3', seed: '1' });
}

describe('a median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[10, 2, 9, 1], 5.5],
    [[4], 4],
    [[], null],
  ])('of %j is %j', (values, middle) => {
    expect(median(values)).toBe(middle);
  });
});

describe('the errors of a row', () => {
  it('are in percent of what was measured, above or below', () => {
    const { rows } = reportOf([{ value: 40 }, outcome({ predicted: 50, fluid: 30 })]);
    expect(rows[0]).toMatchObject({ error_pct: 25, fluid_error_pct: 25, within_tolerance: false });
  });

  it('are 0 or 100 for words and distances, which have no fluid prediction', () => {
    const words = { unit: 'enum', op: 'map_type', value: 'BUS_ADDR', tolerance_pct: 0 } as const;
    const count = { unit: 'count', op: 'distance', value: 8, tolerance_pct: 0 } as const;
    const { rows } = reportOf(
      [words, outcome({ predicted: 'BUS_ADDR', fluid: null })],
      [words, outcome({ predicted: 'NOT_SUPPORTED', fluid: null })],
      [count, outcome({ predicted: 8, fluid: null })],
      [count, outcome({ predicted: 9, fluid: null })],
    );
    expect(rows.map(({ error_pct: error }) => error)).toEqual([0, 100, 0, 100]);
    expect(rows.map(({ within_tolerance: within }) => within)).toEqual([true, false, true, false]);
    expect(rows.map(({ fluid_error_pct: error }) => error)).toEqual([null, null, null, null]);
  });
});

describe('the report of a validation', () => {
  const report = reportOf(
    [{ value: 50 }, outcome({ predicted: 51, inSample: true })],
    [{ value: 50 }, outcome({ predicted: 60 })],
    [{ value: 50, phenomenon: 'host-copy' }, outcome({ predicted: 40, fluid: null })],
    [{ value: 50 }, outcome({ predicted: 52.5 })],
    [{ score: false }, { skipped: 'not scored: tree_unknown' }],
    [{}, { skipped: 'the tree of its platform is not known' }],
  );

  it('sums up by phenomenon, in the order of the file', () => {
    const accuracy = { rows: 3, median_error_pct: 5, fluid_median_error_pct: 20, within_tolerance: 2 };
    expect(report.phenomena.map(({ phenomenon }) => phenomenon)).toEqual(['switch-local', 'host-copy']);
    expect(report.phenomena[0]).toMatchObject(accuracy);
    expect(report.phenomena[1]).toMatchObject({ median_error_pct: 20, fluid_median_error_pct: null });
    expect(report.all).toMatchObject({ rows: 4, median_error_pct: 12.5, within_tolerance: 2 });
  });

  it('keeps rows from which a number was fixed apart from the others', () => {
    expect(report.in_sample).toMatchObject({ rows: 1, median_error_pct: 2 });
    expect(report.out_of_sample).toMatchObject({ rows: 3, median_error_pct: 20 });
    expect(report.phenomena[0]?.out_of_sample).toMatchObject({ rows: 2, median_error_pct: 12.5 });
  });

  it('names the rows with the largest errors, the largest first', () => {
    expect(report.worst).toEqual(['m#1', 'm#2', 'm#3', 'm#0']);
  });

  it('says why rows are left out', () => {
    expect(report.skipped).toEqual([
      { id: 'm#4', scored: false, reason: 'not scored: tree_unknown' },
      { id: 'm#5', scored: true, reason: 'the tree of its platform is not known' },
    ]);
  });

  it('prints phenomena, the worst rows, what has no prediction, and where out of sample is worse', () => {
    const text = validationText(report, 100);
    expect(text).toMatch(/^switch-local +3 +2 +5\.0 +20\.0 +2\.0 +12\.5$/m);
    expect(text).toMatch(/^all +4 +2 +12\.5 +20\.0 +2\.0 +20\.0$/m);
    expect(text).toMatch(/^m#1 +switch-local +torch_copy +50\.00 +60\.00 +60\.00 +GB\/s +20\.0$/m);
    expect(text).toContain('No prediction of m#5: the tree of its platform is not known.');
    expect(text).toContain('More than twice the error out of sample: switch-local.');
    expect(text).toMatch(/1 rows are not scored\. [^.]* 50\s%\sare assumed/);
  });

  it('becomes a line of csv for each row and each phenomenon', () => {
    const files = validationFiles(report);
    expect([...files.keys()]).toEqual(['result.json', 'rows.csv', 'phenomena.csv']);
    expect(files.get('rows.csv')?.split('\r\n')[1]).toBe(
      'm#0,m,switch-local,torch_copy,A,GB/s,50,51,2,60,20,10,true,true,0.5,once,',
    );
    expect(files.get('phenomena.csv')?.split('\r\n')).toEqual([
      'phenomenon,rows,grade_A,grade_B,grade_C,median_error_pct,fluid_median_error_pct,within_tolerance,in_sample_rows,in_sample_median_error_pct,out_of_sample_rows,out_of_sample_median_error_pct',
      'switch-local,3,3,0,0,5.00,20.00,2,1,2.00,2,12.50',
      'host-copy,1,1,0,0,20.00,,0,0,,1,20.00',
      'all,4,4,0,0,12.50,20.00,2,1,2.00,3,20.00',
      '',
    ]);
  });

  it('becomes a table in a page, between two marks and in place of an older one', () => {
    const page = 'before\n<!-- accuracy: begin -->\nold\n<!-- accuracy: end -->\nafter\n';
    const moves = [
      'part,path,value,less_pct,more_pct,figure',
      'nic/one,dma.tags,"1,000",-19.15,,m#1',
      'nic/one,dma.mps,256 B,0.00,4.90,m#2',
    ].join('\r\n');
    const stored = { phenomena: accuracyCsv(report), worst: worstRowsCsv(report), moves };
    expect(withAccuracy(page, stored).split('\n')).toEqual([
      'before',
      '<!-- accuracy: begin -->',
      '| phenomenon | rows | grades | in tolerance | median | fluid | in sample | out of sample |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      '| switch-local | 3 | 3 A | 2 | 5.0 % | 20.0 % | 2.0 % | 12.5 % |',
      '| host-copy | 1 | 1 A | 0 | 20.0 % | - | - | 20.0 % |',
      '| all | 4 | 4 A | 2 | 12.5 % | 20.0 % | 2.0 % | 20.0 % |',
      '',
      'The worst rows:',
      '',
      '- `m#1` (switch-local, grade A): measured 50.0, predicted 60.0 GB/s',
      '- `m#2` (host-copy, grade A): measured 50.0, predicted 40.0 GB/s',
      '- `m#3` (switch-local, grade A): measured 50.0, predicted 52.5 GB/s',
      '- `m#0` (switch-local, grade A): measured 50.0, predicted 51.0 GB/s',
      '',
      'Assumed numbers that move a row by 5 % or more when they are 20 % lower and 20 % higher:',
      '',
      '- `nic/one`, dma.tags of 1,000: -19.1 and 0.0 % of `m#1`',
      '<!-- accuracy: end -->',
      'after',
      '',
    ]);
    expect(() => withAccuracy('no marks', stored)).toThrow('<!-- accuracy: begin -->');
  });
});
