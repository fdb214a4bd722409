import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
const NODE = `"${process.execPath}" --import tsx "${MAIN}"`;

/** A line of a shell with hairpin for `$HAIRPIN`. */
function shell(line: string): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  return spawnSync('sh', ['-c', line.replaceAll('$HAIRPIN', NODE)], { encoding: 'utf8' });
}

describe('the process', () => {
  it('gives the exit code to its caller, results to standard output and complaints to standard error', () => {
    const { status, stdout, stderr } = shell('$HAIRPIN show nowhere');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^hairpin: nowhere: expected a file, or the name of a system[^\n]*\n$/);
  });

  it('ends without a word when its reader has had enough', () => {
    const { status, stdout, stderr } = shell('$HAIRPIN p2p wrx90-2sw-flat --json | head -c 1');
    expect([status, stdout, stderr]).toEqual([0, '{', '']);
  });
});
