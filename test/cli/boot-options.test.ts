import { describe, expect, it } from 'vitest';
import { commandLine, json } from './command-line.ts';

interface Pairs {
  readonly pairs: readonly {
    readonly mapType: string;
    readonly address: string;
    readonly requestRoute: readonly string[];
  }[];
}

const PAIR = ['p2p', 'wrx90-2sw-flat', 'gpu0', 'gpu1'] as const;

describe('--boot-options', () => {
  it('says what a pair comes to with an IOMMU, and how to have it back', async () => {
    const [plain] = (await json<Pairs>(...PAIR)).pairs;
    const [isolated] = (await json<Pairs>(...PAIR, '--boot-options', 'intel_iommu=on')).pairs;
    const option = 'intel_iommu=on pci=disable_acs_redir=pci:0:0';
    const [freed] = (await json<Pairs>(...PAIR, '--boot-options', option)).pairs;
    expect([plain?.mapType, isolated?.mapType, freed?.mapType]).toEqual([
      'BUS_ADDR',
      'THRU_HOST_BRIDGE',
      'BUS_ADDR',
    ]);
    expect(isolated?.address).toBe('IOVA');
    expect(isolated?.requestRoute).toContain('rc:hb20');
    expect(freed?.requestRoute).toEqual(plain?.requestRoute);
  });

  it('explains what Linux would ignore, on standard error alone', async () => {
    const { code, out, err } = await commandLine('show', 'wrx90-2sw-flat', '--boot-options', 'pci=noacs');
    expect(code).toBe(0);
    expect(err).toBe(
      'boot options: Linux ignores noacs and logs "PCI: Unknown option `noacs\'"; Linux has no such option: write disable_acs_redir=DEVICES\n',
    );
    expect(out).toBe((await commandLine('show', 'wrx90-2sw-flat')).out);
  });

  it.each([
    ['pci=disable_acs_redir=nonsense', 'write devices like 0000:02:00.0'],
    ['pci=config_acs=1y0@pci:0:0', 'write flags of at most 7 characters 0, 1 or x, @ and devices'],
    ['pci=config_acs=111', 'write flags'],
    ['intel_iommu', 'write intel_iommu=on or intel_iommu=off'],
    ['iommu.passthrough=yes', 'write iommu.passthrough=0 or iommu.passthrough=1'],
    [' ', 'write it like "intel_iommu=on"'],
  ])('"%s" is refused, as it is malformed, with what to write', async (options, remedy) => {
    const { code, out, err } = await commandLine('show', 'wrx90-2sw-flat', '--boot-options', options);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^hairpin: --boot-options.*\n/);
    expect(err).toContain(remedy);
  });

  it.each(['explain wrx90-2sw-flat gpu0 gpu1', 'matrix wrx90-2sw-flat --devices gpu0,gpu1 --size 64KiB'])(
    'change what %s says',
    async (line) => {
      const args = line.split(' ');
      const plain = JSON.stringify(await json(...args));
      const booted = JSON.stringify(await json(...args, '--boot-options', 'amd_iommu=on'));
      expect(booted).not.toBe(plain);
    },
  );
});
