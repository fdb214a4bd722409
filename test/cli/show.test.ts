import { expect, test } from 'vitest';
import { commandLine, golden, json } from './command-line.ts';

test('hairpin show prints the tree with links, ACS and warnings', async () => {
  const { code, out, err } = await commandLine('show', 'root-switch-over-leaves');
  expect([code, err]).toEqual([0, '']);
  await expect(out).toMatchFileSnapshot(golden('show-root-switch-over-leaves.txt'));
});

test('hairpin show --json has the machine and its warnings', async () => {
  const document = await json<{ name: string; nodes: object; warnings: string[] }>('show', 'wrx90-2sw-flat');
  expect(document.name).toBe('wrx90-2sw-flat');
  expect(Object.keys(document.nodes)).toContain('gpu7');
  expect(document.warnings).toHaveLength(2);
});
