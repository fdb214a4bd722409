import { describe, expect, it } from 'vitest';
import { commandLine, json } from './command-line.ts';

describe('hairpin models', () => {
  it('lists systems, parts with the kinds of their numbers, and kernel profiles', async () => {
    const { code, out } = await commandLine('models');
    expect(code).toBe(0);
    expect(out).toMatch(/\nwrx90-2sw-flat +ASRock/);
    expect(out).toMatch(/\nswitch\/microchip\/pm50100 +\d+ +\d+ +\d+ +\d+\n/);
    expect(out).toMatch(/\nlinux-7.3 +/);
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('prints each number of a part with value, kind and source', async () => {
    const { out } = await commandLine('models', 'switch/microchip/pm50100');
    expect(out).toMatch(/^switch\/microchip\/pm50100 \(switch\): Microchip/);
    expect(out).toMatch(/\nlatency +\d+ ns {2}assumed\n {4}\S.*\n/);
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('has the same as JSON', async () => {
    const { numbers } = await json<{ numbers: { path: string; kind: string }[] }>(
      'models',
      'gpu/nvidia/rtx-pro-6000',
    );
    expect(numbers.find(({ path }) => path === 'dma.write_chunk')).toMatchObject({
      value: '128 B',
      kind: 'inferred',
    });
  });
});
