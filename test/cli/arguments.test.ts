import { describe, expect, it } from 'vitest';
import { commandNames } from '../../src/cli/command-files.ts';
import { commandLine } from './command-line.ts';

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s lists all commands', async (option) => {
    const { code, out, err } = await commandLine(option);
    expect([code, err]).toEqual([0, '']);
    for (const name of commandNames()) expect(out).toMatch(new RegExp(`\n  ${name} .*\\w`));
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it.each(commandNames())(
    'of %s has usage, options and examples that begin with the command',
    async (name) => {
      const [long, word] = await Promise.all([commandLine(name, '--help'), commandLine('help', name)]);
      expect(long).toEqual(word);
      expect(long).toMatchObject({ code: 0, err: '' });
      expect(long.out).toMatch(new RegExp(`^Usage: hairpin ${name} `));
      for (const option of ['--json', '--seed', '--quiet', '--help']) expect(long.out).toContain(option);
      const examples = long.out.split('Examples:\n')[1]?.split('\n\n')[0]?.trimEnd().split('\n') ?? [];
      expect(examples.length).toBeGreaterThan(0);
      for (const line of examples) expect(line).toMatch(new RegExp(`^  hairpin ${name}\\b`));
    },
  );

  it('of the version is that of the package', async () => {
    expect((await commandLine('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

it('the commands are those of DESIGN, section 7', () => {
  expect(commandNames()).toEqual(
    expect.arrayContaining([
      'show',
      'p2p',
      'explain',
      'run',
      'matrix',
      'compare',
      'experiment',
      'models',
      'providers',
    ]),
  );
});
