import { expect, test } from 'vitest';
import { commandLine, golden, json } from './command-line.ts';

test('hairpin show prints the tree with links, ACS and warnings', async () => {
  const { code, out, err } = await commandLine('show', 'root-switch-over-leaves');
  expect([code, err]).toEqual([0, '']);
  await expect(out).toMatchFileSnapshot(golden('show-root-switch-over-leaves.txt'));
});

/** Lines on IOMMU groups after a boot with these options. */
async function groups(options: string): Promise<readonly string[]> {
  const { out } = await commandLine('show', 'wrx90-2sw-flat', '--boot-options', options);
  const lines = out.split('\n');
  return lines.slice(
    lines.findIndex((line) => /IOMMU group/.test(line)),
    -1,
  );
}

test('hairpin show tells which functions share an IOMMU group, and none where the IOMMU is off', async () => {
  expect(await groups('intel_iommu=on')).toEqual(['Each function has an IOMMU group of its own']);
  const direct = await groups('intel_iommu=on pci=disable_acs_redir=pci:0:0');
  expect(direct[0]).toBe('IOMMU groups');
  expect(direct[1]).toMatch(/^- rp20, sw1, sw1.d0, gpu0, .*gpu3$/);
  const { out } = await commandLine('show', 'wrx90-2sw-flat');
  expect(out).not.toContain('IOMMU group');
});

test('hairpin show --json has the machine and its warnings', async () => {
  const document = await json<{ name: string; nodes: object; warnings: string[] }>('show', 'wrx90-2sw-flat');
  expect(document.name).toBe('wrx90-2sw-flat');
  expect(Object.keys(document.nodes)).toContain('gpu7');
  expect(document.warnings).toHaveLength(2);
});
