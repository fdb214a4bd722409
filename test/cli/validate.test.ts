import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ValidationReport } from '../../src/experiment/validation/report.ts';
import { sampleMeasurements } from '../support/measured-rows.ts';
import { commandLine, filesIn, json, temporaryFolder } from './command-line.ts';

function sampleFile(change: (text: string) => string = (text) => text): string {
  const file = join(temporaryFolder(), 'rows.json');
  writeFileSync(file, change(JSON.stringify(sampleMeasurements(), null, 1)));
  return file;
}

describe('hairpin validate', () => {
  it('prints the contract as JSON: rows, what is skipped, phenomena', async () => {
    const report = await json<ValidationReport>('validate', sampleFile(), '--jobs', '1');
    expect(report.rows).toHaveLength(7);
    expect(report.rows[0]).toMatchObject({
      id: 'bench#1',
      platform: 'bench',
      phenomenon: 'switch-local',
      measured: 55,
      unit: 'GB/s',
      tolerance_pct: 10,
    });
    for (const { measured, predicted, error_pct: error, unit } of report.rows) {
      const off = (100 * Math.abs(Number(predicted) - Number(measured))) / Number(measured);
      expect(error).toBeCloseTo(unit === 'enum' ? Number(predicted !== measured) * 100 : off, 10);
    }
    expect(report.skipped.map(({ id }) => id)).toEqual(['bench#8', 'bare#9', 'bench#10']);
    expect(report.phenomena.map(({ phenomenon, rows }) => [phenomenon, rows])).toEqual([
      ['switch-local', 1],
      ['all-to-all', 1],
      ['host-copy', 1],
      ['shared-links', 1],
      ['p2p-latency', 1],
      ['policy', 2],
    ]);
    expect(report.phenomena.at(-1)).toMatchObject({
      median_error_pct: 0,
      fluid_median_error_pct: null,
      within_tolerance: 2,
    });
  });

  it('prints tables, and succeeds though rows miss their tolerance', async () => {
    const file = sampleFile((text) => text.replace('"value": 55', '"value": 5.5'));
    const { code, out, err } = await commandLine('validate', file, '--jobs', '1');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^phenomenon +rows +within +median \(%\) +fluid \(%\)/m);
    expect(out).toMatch(/^switch-local +1 +0 +\d{3}\.\d /m);
    expect(out).toMatch(/^bench#1 +switch-local +torch_copy +5\.500 /m);
    expect(out).toContain('No prediction of bench#10: the protocol homemade is not simulated.');
  });

  it('leaves tables, the result and charts of rates and of times in the folder', async () => {
    const folder = temporaryFolder();
    await commandLine('validate', sampleFile(), '--jobs', '1', '-o', folder);
    expect(filesIn(folder)).toEqual([
      'phenomena.csv',
      'predicted-against-measured-latency.png',
      'predicted-against-measured-latency.svg',
      'predicted-against-measured.png',
      'predicted-against-measured.svg',
      'result.json',
      'rows.csv',
    ]);
    const svg = readFileSync(join(folder, 'predicted-against-measured.svg'), 'utf8');
    for (const text of [
      'Measured (GB/s)',
      'Predicted (GB/s)',
      'below one switch',
      'many flows',
      'within 10 %',
    ])
      expect(svg).toContain(text);
  });

  it.each([
    [
      'a device that is not there',
      (text: string) => text.replace(/"GPU0",\s+"GPU1"/, '"GPU0", "GPU7"'),
      /row bench#1, got "GPU7"/,
    ],
    ['a wrong unit', (text: string) => text.replace('"GB/s"', '"MB/s"'), /unit: expected one of GB\/s, ns/],
    [
      'a negative value',
      (text: string) => text.replace('"value": 55', '"value": -55'),
      /row bench#1, got -55/,
    ],
    [
      'more than links carry',
      (text: string) => text.replace('"value": 55', '"value": 120'),
      /at most the 63\.0 GB\/s/,
    ],
    ['broken JSON', (text: string) => text.slice(0, 500), /rows\.json:\d+:\d+/],
  ])('refuses %s with exit code 2 and one line, and writes nothing', async (_, change, message) => {
    const folder = temporaryFolder();
    const { code, out, err } = await commandLine('validate', sampleFile(change), '-o', folder, '--json');
    expect([code, out, filesIn(folder)]).toEqual([2, '', []]);
    expect(err).toMatch(/^hairpin: [^\n]+\n$/);
    expect(err).toMatch(message);
  });

  it('refuses a file that is not there, and no jobs', async () => {
    expect((await commandLine('validate', 'nowhere.json')).err).toMatch(/nowhere\.json: expected a file/);
    expect((await commandLine('validate', sampleFile(), '--jobs', '0')).err).toMatch(/--jobs is "0"/);
  });
});

/** A copy below a switch, a latency, and a word of the kernel. */
function fewRows(): string {
  const { platforms, measurements } = sampleMeasurements();
  const few = measurements.filter(({ id }) => ['bench#1', 'bench#5', 'bench#6'].includes(id));
  const file = join(temporaryFolder(), 'few.json');
  writeFileSync(file, JSON.stringify({ platforms, measurements: few }));
  return file;
}

describe('hairpin validate --sensitivity', () => {
  it('says of each assumed number how far it moves which row, and which median error', async () => {
    const [plain, varied] = [
      await json<ValidationReport>('validate', fewRows(), '--jobs', '1'),
      await json<ValidationReport>('validate', fewRows(), '--jobs', '1', '--sensitivity'),
    ];
    const { sensitivity, ...report } = varied;
    expect({ ...report, file: '' }).toEqual({ ...plain, file: '' });
    const latency = sensitivity?.moves.find(
      ({ part, path }) => part === 'switch/generic' && path === 'latency',
    );
    expect(latency).toMatchObject({ figure: 'bench#5', rows: 1, phenomenon: 'p2p-latency' });
    // The way of the read and of its completion goes through the switch once each, of 115 ns.
    const predicted = Number(report.rows.find(({ id }) => id === 'bench#5')?.predicted);
    expect(latency?.more_pct).toBeCloseTo((100 * 2 * 23) / predicted, 1);
    expect(latency?.median_points).not.toBe(0);
    const { moves = [], still = [], unvaried = [], assumed } = sensitivity ?? {};
    expect(moves.length + still.length + unvaried.length).toBe(assumed);
  });

  it('prints a line for each that moves a row by 1 % or more, and leaves sensitivity.csv', async () => {
    const folder = temporaryFolder();
    const { code, out } = await commandLine(
      'validate',
      fewRows(),
      '--jobs',
      '1',
      '--sensitivity',
      '-o',
      folder,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/\nRests on \d+ numbers, \d+ of them assumed/);
    expect(out).toMatch(/\nswitch generic +latency +115 ns +1 +-\d+\.\d % +\+\d+\.\d % +bench#5 /);
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
    const [head, first] = readFileSync(join(folder, 'sensitivity.csv'), 'utf8').split('\r\n');
    expect(head).toBe('part,path,value,rows,less_pct,more_pct,figure,phenomenon,median_points,kernel,seed');
    expect(first).toMatch(/,bench#\d,/);
  });
});
