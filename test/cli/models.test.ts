import { describe, expect, it } from 'vitest';
import { partText } from '../../src/report/models-text.ts';
import { commandLine, json } from './command-line.ts';

const number = (path: string, fixedBy: readonly string[]) => ({
  path,
  value: '1',
  kind: 'inferred',
  source: 'one source',
  ...(fixedBy.length > 0 && { fixed_by: fixedBy }),
});

/** A part with one number for each list of rows. */
const shown = (...rows: readonly (readonly string[])[]): string =>
  partText({ part: 'p', kind: 'gpu', about: 'a', numbers: rows.map((each, i) => number(`n${i}`, each)) }, 60);

const sources = (text: string): number => text.split('one source').length - 1;

describe('a part in text', () => {
  it('says below the source which rows a number was fixed from', () => {
    expect(shown(['a#1', 'b#2'])).toMatch(/n0 {2}1 {2}inferred\n {4}one source\n {4}fixed by a#1, b#2\n$/);
    expect(shown([])).not.toContain('fixed by');
  });

  it('lets numbers share what is below only where source and rows are the same', () => {
    expect(sources(shown(['a#1'], ['a#1']))).toBe(1);
    expect(sources(shown(['a#1'], ['a#2']))).toBe(2);
    expect(sources(shown([], ['a#1']))).toBe(2);
  });
});

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
