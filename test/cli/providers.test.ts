import { describe, expect, it } from 'vitest';
import type { ProviderRanks } from '../../src/experiment/provider-ranks.ts';
import { commandLine, filesIn, golden, json, REFUSING, temporaryFolder } from './command-line.ts';

const NARROW = ['providers', 'gpu-nic-nvme', 'nic0', 'nic1', '--from', 'nvme0,gpu0,gpu2', '--size', '32 KiB'];

describe('hairpin providers', () => {
  it('prints both ranks, the draw, the fastest and where they disagree', async () => {
    const { code, out, err } = await commandLine(...NARROW);
    expect([code, err]).toEqual([0, '']);
    await expect(out).toMatchFileSnapshot(golden('providers-gpu-nic-nvme.txt'));
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('answers with the fields of its result, from the nearest on', async () => {
    const { providers, clients, kernelChoice, best, disagreements } = await json<ProviderRanks>(...NARROW);
    expect(clients).toEqual(['nic0', 'nic1']);
    expect(providers.map(({ provider, distance }) => [provider, distance])).toEqual([
      ['gpu0', 8],
      ['nvme0', 8],
      ['gpu2', 16],
    ]);
    expect(kernelChoice).toMatchObject({ equals: ['gpu0', 'nvme0'], distance: 8 });
    expect(best).toEqual(['gpu0']);
    expect(disagreements.map(({ kind, slower }) => [kind, slower.provider])).toEqual([['equal', 'nvme0']]);
  });

  it('takes all devices that are no clients unless told otherwise', async () => {
    const args = ['providers', 'turin-dual-direct', 'gpu0', 'gpu1', '--size', '16 KiB'];
    const { providers } = await json<ProviderRanks>(...args);
    expect(providers.map(({ provider }) => provider).sort()).toEqual(['gpu2', 'gpu3', 'gpu4', 'gpu5']);
  });

  it('draws another equal with another seed, and the same with the same', async () => {
    const args = ['providers', 'wrx90-2vs', 'gpu0', 'gpu1', '--size', '4 KiB', '--seed'];
    const chosen = async (seed: string) => (await json<ProviderRanks>(...args, seed)).kernelChoice.chosen;
    const drawn = await Promise.all(['1', '2', '3', '4', '5', '6'].map(chosen));
    expect(new Set(drawn).size).toBeGreaterThan(1);
    expect(await chosen('3')).toBe(drawn[2]);
  });

  it('asks the kernel as it is booted, and the one that is named', async () => {
    const args = ['providers', 'wrx90-2sw-flat', 'gpu0', '--from', 'gpu1', '--size', '4 KiB'];
    const options = ['--boot-options', 'amd_iommu=on', '--kernel', 'linux-6.19'];
    const { kernel, providers } = await json<ProviderRanks>(...args, ...options);
    expect([kernel, providers[0]?.verdicts[0]?.mapType]).toEqual(['linux-6.19', 'THRU_HOST_BRIDGE']);
  });

  it('says of refused providers why, and still succeeds', async () => {
    const { code, out } = await commandLine('providers', REFUSING, 'gpu0');
    expect(code).toBe(0);
    expect(out).toContain('Linux finds no provider that all clients may reach.');
    expect(out).toMatch(/gpu1: gpu0 and gpu1 meet only in the root complex/);
  });

  it('leaves providers.json and providers.csv in the folder', async () => {
    const folder = temporaryFolder();
    await commandLine(...NARROW, '-o', folder);
    expect(filesIn(folder)).toEqual(['providers.csv', 'providers.json']);
  });

  it.each([
    ['gpu0 gpu9', /"gpu9" is no device of wrx90-2vs; did you mean gpu/],
    ['sw1', /"sw1" is no device of wrx90-2vs; there are gpu0, gpu1/],
    ['gpu0 --from gpu1,gqu2', /"gqu2" is no device of wrx90-2vs; did you mean/],
    ['gpu0 --from gpu0', /gpu0 is the only client of its own memory; name another client or provider/],
    ['gpu0 --from ,', /--from is ","; expected devices by commas/],
    ['gpu0 --size 0B', /--size is "0B"; expected a size from 1 B to 1 TiB/],
    ['gpu0 gpu1 gpu2 gpu3 gpu4 gpu5 gpu6 gpu7', /are all devices of wrx90-2vs; expected one that is no/],
    ['', /missing required argument 'client'; see hairpin providers --help/],
  ])('wrx90-2vs %s is one clear error with exit code 2', async (line, expected) => {
    const args = line.split(' ').filter((word) => word !== '');
    const { code, out, err } = await commandLine('providers', 'wrx90-2vs', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^hairpin: [^\n]+\n$/);
    expect(err).toMatch(expected);
  });
});
