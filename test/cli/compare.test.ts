import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/experiment/compare.ts';
import type { RunResult } from '../../src/experiment/run-result.ts';
import { commandLine, filesIn, json, REFUSING, scenario, temporaryFolder } from './command-line.ts';

const BOTH = ['wrx90-2sw-flat', 'wrx90-2vs'];
const QUICK = ['--size', '32 KiB', '--copies', '2', '--runs', '3'];

describe('hairpin compare', () => {
  it('finds all-to-all better on virtual switches of one chip than on two flat switches, beyond the intervals', async () => {
    const { better, systems, runs, sensitivity } = await json<Comparison>('compare', ...BOTH, ...QUICK);
    expect(better?.survives?.changes).toBeGreaterThan(20);
    expect(better?.survives?.flips).toEqual([]);
    expect(sensitivity?.moves[0]?.figure).toMatch(/^rate of wrx90-2(sw-flat|vs) \(GB\/s\)$/);
    expect(runs).toBe(3);
    expect(better).toMatchObject({ system: 'wrx90-2vs', than: 'wrx90-2sw-flat', intervalsOverlap: false });
    expect(better?.percent).toBeGreaterThan(10);
    for (const { devices, flows, limitedBy, ci95_GBps, rate_GBps } of systems) {
      expect([devices, flows, ci95_GBps?.length]).toEqual([8, 56, 2]);
      expect(rate_GBps).toBeGreaterThan(100);
      expect(limitedBy.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(limitedBy[0]?.most).toMatch(/^[\w-]+:/);
    }
  });

  it('says so in words', async () => {
    const options = ['--size', '16 KiB', '--copies', '1', '--runs', '2', '--devices', 'gpu0,gpu1,gpu2,gpu3'];
    const { code, out } = await commandLine('compare', ...BOTH, ...options);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^all-to-all: each device writes 1 copy of 16 KiB to each other one; 2 runs of each system, seed 1\n/,
    );
    expect(out).toMatch(
      /\nwrx90-2\S+ is better, by \d+\.\d % over wrx90-2\S+; the 95 % intervals (do not )?overlap/,
    );
    expect(out).toMatch(
      /\nThe order (survives|does not survive) a change of each assumed number by 20 % down and up/,
    );
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('says that it has not tried whether the order survives with --no-sensitivity', async () => {
    const options = ['--size', '16 KiB', '--copies', '1', '--runs', '2', '--no-sensitivity'];
    const { out } = await commandLine('compare', ...BOTH, ...options);
    expect(out.replaceAll('\n', ' ')).toContain(
      'Whether the order survives a change of each assumed number was not tried (--no-sensitivity).',
    );
    const { better, sensitivity } = await json<Comparison>('compare', ...BOTH, ...options);
    expect([better?.survives, sensitivity]).toEqual([undefined, undefined]);
  });

  it('replays a benchmark on each system, and compares its values', async () => {
    const given = ['--traffic', scenario('benchmark-of-a-ring'), '--runs', '1'];
    const { measure, better, systems } = await json<Comparison>('compare', ...BOTH, ...given);
    const alone = await json<RunResult>('run', scenario('benchmark-of-a-ring'));
    expect(measure).toMatch(/^the value of ring_all_reduce \(bus bandwidth/);
    expect(systems[0]).toMatchObject({ devices: 4, flows: 4, rate_GBps: alone.benchmark?.value });
    expect(better?.survives?.changes).toBeGreaterThan(20);
  });

  it('refuses a benchmark of a time, of which less is better', async () => {
    const { code, err } = await commandLine('compare', ...BOTH, '--traffic', scenario('benchmark'));
    expect(code).toBe(2);
    expect(err).toContain('benchmark.tool: expected a benchmark whose value is a rate');
  });

  it('names none where a flow is refused', async () => {
    const options = ['--devices', 'gpu0,gpu1', '--size', '16 KiB', '--runs', '2'];
    const { better, undecided, systems } = await json<Comparison>(
      'compare',
      REFUSING,
      'tinybox-6x4090',
      ...options,
    );
    expect(better).toBeNull();
    expect(undecided).toContain('copies staged through system memory');
    expect(systems[0]).toMatchObject({
      rate_GBps: null,
      refused: [{ id: 'gpu0>gpu1' }, { id: 'gpu1>gpu0' }],
    });
    expect(systems[1]?.rate_GBps).toBeGreaterThan(0);
  });

  it('names none where the numbers of devices differ', async () => {
    const options = ['--traffic', 'pairs', '--size', '16 KiB', '--runs', '1'];
    const { better, undecided } = await json<Comparison>(
      'compare',
      'wrx90-2sw-flat',
      'tinybox-6x4090',
      ...options,
    );
    expect([better, undecided]).toEqual([null, expect.stringContaining('numbers of devices differ (4, 3)')]);
  });

  it('takes the flows of a scenario, and its changes to the system', async () => {
    const { traffic, systems } = await json<Comparison>(
      'compare',
      ...BOTH,
      '--traffic',
      scenario('redirect'),
      '--runs',
      '1',
    );
    expect(traffic).toBe('scenario redirect-costs-both-directions');
    for (const { rate_GBps, flows } of systems) {
      expect(flows).toBe(2);
      expect(rate_GBps).toBeLessThan(56);
    }
  });

  it('refuses a scenario that ends at a time, as the bytes would differ', async () => {
    const { code, err } = await commandLine('compare', ...BOTH, '--traffic', scenario('every-key'));
    expect(code).toBe(2);
    expect(err).toMatch(/every-key\.yaml:\d+:\d+ until\.time: expected an end by delivery/);
  });

  it('leaves compare.json, compare.csv and sensitivity.csv in the folder', async () => {
    const folder = temporaryFolder();
    await commandLine('compare', ...BOTH, '--traffic', scenario('redirect'), '--runs', '1', '-o', folder);
    expect(filesIn(folder)).toEqual(['compare.csv', 'compare.json', 'sensitivity.csv']);
  });
});
