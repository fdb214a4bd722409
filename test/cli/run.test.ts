import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/experiment/explain-result.ts';
import type { RunResult } from '../../src/experiment/run-result.ts';
import type { Sensitivity } from '../../src/experiment/sensitivity/sensitivity.ts';
import { commandLine, filesIn, golden, json, REFUSING, scenario, temporaryFolder } from './command-line.ts';

describe('hairpin run', () => {
  it('prints flows with what they wait for, the busiest links and the fullest queues', async () => {
    const { code, out, err } = await commandLine('run', scenario('refused'));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^one-flow-is-refused: refusing, linux-7.3, seed 7\n256 KiB in /);
    expect(out).toMatch(/\npeer +gpu0 → gpu1 +write +- .* refused, see below\n/);
    expect(out).toMatch(/\nstaged +gpu0 → mem:s0 +write +\d+\.\d\d .* % {2}link:rp0:up\n/);
    expect(out).toMatch(/\npeer is refused: gpu0 and gpu1 meet only in the root complex/);
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('has the fields of the contract', async () => {
    const result = await json<RunResult>('run', scenario('redirect'));
    expect(result).toMatchObject({ seed: '1', system: 'wrx90-2sw-flat', kernel: 'linux-7.3' });
    expect([typeof result.end_ps, typeof result.events, typeof result.tlps]).toEqual([
      'number',
      'number',
      'number',
    ]);
    const [there] = result.flows;
    expect(there).toMatchObject({ id: 'there', from: 'gpu0', to: 'gpu1', op: 'write', bytes: 8 * 65536 });
    expect(there?.ci95_GBps).toHaveLength(2);
    expect(Object.keys(there?.latency_ns ?? {})).toEqual(expect.arrayContaining(['p50', 'p99', 'mean']));
    expect(there?.limitedBy.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(result.links.find(({ id }) => id === 'link:rp20:up')).toMatchObject({ from: 'sw1', to: 'rp20' });
  });

  it('gives the value of a benchmark, and what of it rests on assumed numbers', async () => {
    const { benchmark, sensitivity } = await json<RunResult & { sensitivity: Sensitivity }>(
      'run',
      scenario('benchmark'),
      '--sensitivity',
    );
    const value = benchmark?.value ?? NaN;
    expect(benchmark).toMatchObject({ tool: 'p2pmark_latency', unit: 'ns', scale: '20 transfers of 128 B' });
    // the switch's 115 ns, there and back
    const [move] = sensitivity.moves;
    expect(move).toMatchObject({
      part: 'switch/microchip/pm50100',
      path: 'latency',
      figure: 'p2pmark_latency (ns)',
    });
    expect(move?.more_pct).toBeCloseTo((100 * 2 * 23) / value, 6);
    expect(move?.less_pct).toBeCloseTo((-100 * 2 * 23) / value, 6);
    const { out } = await commandLine('run', scenario('benchmark'));
    expect(out).toContain(`\np2pmark_latency: ${value.toFixed(1)} ns (a kernel reads 128 B of a peer`);
  });

  it('counts no benchmark by another model', async () => {
    const { code, err } = await commandLine('run', scenario('benchmark'), '--accounting', 'nccl');
    expect([code, err]).toEqual([2, expect.stringContaining('--accounting counts flows')]);
  });

  it('gives a refused flow no rate, says why, and succeeds', async () => {
    const { flows } = await json<RunResult>('run', scenario('refused'));
    expect(flows[0]).toMatchObject({
      id: 'peer',
      goodput_GBps: null,
      refused: expect.stringContaining('allow list'),
    });
    expect(flows[1]?.goodput_GBps).toBeGreaterThan(20);
  });

  it('writes result.json and three tables, and nothing else', async () => {
    const folder = join(temporaryFolder(), 'new/results');
    const { code, err } = await commandLine('run', scenario('redirect'), '-o', folder);
    expect([code, err]).toEqual([0, `wrote result.json, flows.csv, links.csv, queues.csv to ${folder}\n`]);
    expect(filesIn(folder)).toEqual(['flows.csv', 'links.csv', 'queues.csv', 'result.json']);
    const written = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as RunResult;
    expect(written).toEqual(await json<RunResult>('run', scenario('redirect')));
    const head = (name: string) => readFileSync(join(folder, name), 'utf8').split('\r\n')[0];
    await expect(['flows.csv', 'links.csv', 'queues.csv'].map(head).join('\n')).toMatchFileSnapshot(
      golden('run-csv-heads.txt'),
    );
  });

  it('leaves what else is in the folder alone, and says nothing with --quiet', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const { err } = await commandLine('run', scenario('redirect'), '-o', folder, '--quiet');
    expect(err).toBe('');
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('says the same for the same seed to the last digit', async () => {
    const outputs = await Promise.all([1, 2].map(() => commandLine('run', scenario('every-key'), '--json')));
    expect(outputs[0]?.out).toBe(outputs[1]?.out);
  });

  it('takes the seed and the kernel of the command line before those of the file', async () => {
    const [own, other] = await Promise.all([
      json<RunResult>('run', scenario('every-key')),
      json<RunResult>('run', scenario('every-key'), '--seed', 'eight', '--kernel', 'linux-7.1'),
    ]);
    expect([own.seed, own.kernel]).toEqual(['seven', 'linux-7.2']);
    expect([other.seed, other.kernel]).toEqual(['eight', 'linux-7.1']);
  });

  it('prints a staged flow, its two DMAs, and what was assumed of its buffers', async () => {
    const { code, out } = await commandLine('run', scenario('staged'));
    expect(code).toBe(0);
    expect(out).toMatch(/^refused-pair-staged: refusing, .*\n16 MiB in /);
    expect(out).toMatch(/\nusual +gpu0 → gpu1 +staged +\d+\.\d\d /);
    expect(out).toMatch(/\nusual\/in +gpu0 → mem:s0 +write .*\n(.*\n)*usual\/out +mem:s0 → gpu1 +read /);
    expect(out).toMatch(/\nusual is staged by 2 buffers of 512 KiB, which is assumed/);
    expect(out).toMatch(/\nusual is staged through mem:s0, the memory of gpu0's socket\.\n/);
    expect(out).not.toMatch(/\nmore is staged/);
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('gives the staged flow of a refused pair its rate and that of its legs, below the bound', async () => {
    const { flows } = await json<RunResult>('run', scenario('staged'));
    expect(flows.map(({ id, legOf }) => [id, legOf ?? null])).toEqual([
      ['peer', null],
      ['usual', null],
      ['usual/in', 'usual'],
      ['usual/out', 'usual'],
      ['more', null],
      ['more/in', 'more'],
      ['more/out', 'more'],
    ]);
    expect(flows[1]).toMatchObject({ op: 'staged', bytes: 8 << 20, routes: [{}, {}] });
    expect(flows[1]?.limitedBy.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const { staged } = await json<Explanation>('explain', REFUSING, 'gpu0', 'gpu1');
    expect(flows[1]?.goodput_GBps).toBeLessThan(staged?.expected?.goodput_GBps ?? 0);
  });
});

describe('hairpin run --sensitivity', () => {
  it('says of each assumed number how far it moves goodput or latency, as JSON', async () => {
    const { sensitivity, models, flows } = await json<RunResult & { sensitivity: Sensitivity }>(
      'run',
      scenario('redirect'),
      '--sensitivity',
    );
    const assumed = models.reduce((sum, { numbers }) => sum + numbers.assumed, 0);
    const { moves, still, unvaried } = sensitivity;
    expect(flows).toHaveLength(2);
    expect(sensitivity).toMatchObject({ change_pct: 20, assumed });
    expect(moves.length + still.length + unvaried.length).toBe(assumed);
    expect(moves.map(({ path }) => path)).toContain('latency');
    for (const { figure } of moves)
      expect(figure).toMatch(/^(goodput|mean latency) of (there|back) \((GB\/s|ns)\)$/);
    const sizes = moves.map(({ less_pct, more_pct }) =>
      Math.max(Math.abs(less_pct ?? 0), Math.abs(more_pct ?? 0)),
    );
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it('prints a line for each that does, and leaves them in sensitivity.csv', async () => {
    const folder = temporaryFolder();
    const { code, out } = await commandLine('run', scenario('redirect'), '--sensitivity', '-o', folder);
    expect(code).toBe(0);
    expect(out).toMatch(
      /\nRests on \d+ numbers, \d+ of them assumed \(\d+ %\)\. Changed by 20 % one at a time/,
    );
    expect(out).toMatch(/\nswitch pm50100 +latency +115 ns +[+-]\d+\.\d % +[+-]\d+\.\d % +\S/);
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
    const [head, first] = readFileSync(join(folder, 'sensitivity.csv'), 'utf8').split('\r\n');
    expect(head).toBe('part,path,value,less_pct,more_pct,figure,kernel,seed');
    expect(first).toMatch(/^\w+\/.*,linux-7\.3,1$/);
  });

  it('says the same as without it besides', async () => {
    const [plain, more] = await Promise.all([
      json<RunResult>('run', scenario('refused')),
      json<RunResult & { sensitivity?: Sensitivity }>('run', scenario('refused'), '--sensitivity'),
    ]);
    const { sensitivity, ...rest } = more;
    expect(rest).toEqual(plain);
    expect(sensitivity?.moves.length).toBeGreaterThan(0);
  });
});
