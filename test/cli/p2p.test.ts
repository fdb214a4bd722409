import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, golden, json, REFUSING, temporaryFolder } from './command-line.ts';

interface Pair {
  readonly provider: string;
  readonly client: string;
  readonly mapType: string;
  readonly classes: Readonly<Record<string, string>> | null;
  readonly distance: number;
  readonly address: string | null;
  readonly requestRoute: readonly string[] | null;
  readonly completionRoute: readonly string[] | null;
  readonly reason: string;
}
interface Document {
  readonly system: string;
  readonly kernel: string;
  readonly kernelStatus: { readonly kind: string };
  readonly pairs: readonly Pair[];
}

describe('hairpin p2p', () => {
  it('prints all pairs as a matrix', async () => {
    const { code, out } = await commandLine('p2p', 'wrx90-2sw-flat');
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot(golden('p2p-wrx90-2sw-flat.txt'));
  });

  it('prints verdict, ways and reason of one pair', async () => {
    const { out } = await commandLine('p2p', 'wrx90-2vs', 'gpu0', 'gpu5');
    await expect(out).toMatchFileSnapshot(golden('p2p-wrx90-2vs-gpu0-gpu5.txt'));
  });

  it('answers for all ordered pairs, a function with itself included, with the fields of the contract', async () => {
    const { system, kernel, pairs } = await json<Document>('p2p', 'wrx90-2sw-flat');
    expect([system, kernel, pairs.length]).toEqual(['wrx90-2sw-flat', 'linux-7.3', 64]);
    expect(pairs[0]).toMatchObject({ provider: 'gpu0', client: 'gpu0', distance: 0, requestRoute: ['gpu0'] });
    expect(pairs.find(({ provider, client }) => provider === 'gpu0' && client === 'gpu4')).toMatchObject({
      mapType: 'THRU_HOST_BRIDGE',
      distance: 8,
      address: 'PHYS',
      requestRoute: ['gpu4', 'sw2.d0', 'sw2', 'rp40', 'rc:hb40', 'rc:hb20', 'rp20', 'sw1', 'sw1.d0', 'gpu0'],
      completionRoute: [
        'gpu0',
        'sw1.d0',
        'sw1',
        'rp20',
        'rc:hb20',
        'rc:hb40',
        'rp40',
        'sw2',
        'sw2.d0',
        'gpu4',
      ],
    });
  });

  it('says of a refused pair why, gives it no way, and still succeeds', async () => {
    const { pairs } = await json<Document>('p2p', REFUSING, 'gpu0', 'gpu1');
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({
      mapType: 'NOT_SUPPORTED',
      distance: 4,
      address: null,
      requestRoute: null,
      completionRoute: null,
      reason: expect.stringContaining('hairpin explain SYSTEM gpu1 gpu0 --via mem:s0'),
    });
  });

  it('asks the kernel that is named', async () => {
    const { kernel } = await json<Document>('p2p', 'wrx90-2sw-flat', '--kernel', 'linux-6.19');
    expect(kernel).toBe('linux-6.19');
  });

  it('prints what the kernel says, and the host bridges that it does not name', async () => {
    const boot = ['--boot-options', 'intel_iommu=on'] as const;
    const { out } = await commandLine('p2p', REFUSING, 'gpu0', 'gpu1', '--kernel', 'linux-4.20', ...boot);
    await expect(out).toMatchFileSnapshot(golden('p2p-refusing-linux-4.20.txt'));
    const { pairs } = await json<Document>('p2p', REFUSING, 'gpu0', 'gpu1');
    expect(pairs[0]).toMatchObject({
      classes: null,
      hostBridges: { provider: { id: 'hb0', device: '8086:4c43' }, client: { id: 'hb0' } },
      kernelLog: [expect.stringContaining('do not share an upstream bridge or whitelisted host bridge')],
    });
  });

  it('tells the classes of TLPs that a proposed kernel tells apart', async () => {
    const kernel = ['--kernel', 'proposed-2026-tlpclass'] as const;
    const { pairs } = await json<Document>('p2p', 'wrx90-2sw-flat', 'gpu0', 'gpu1', ...kernel);
    expect(pairs[0]?.classes).toMatchObject({ strict: 'BUS_ADDR', translatedRelaxed: 'BUS_ADDR' });
    const { out } = await commandLine('p2p', 'wrx90-2sw-flat', 'gpu0', 'gpu1', ...kernel);
    expect(out).toMatch(/^wrx90-2sw-flat under proposed-2026-tlpclass \(proposed\), /);
    expect(out).toMatch(/by class +BUS_ADDR for all TLPs\n/);
  });
});

describe('--kernel', () => {
  it('says on standard error that a profile is not exact, and how so in JSON', async () => {
    const args = ['p2p', 'wrx90-2sw-flat', 'gpu0', 'gpu1', '--kernel', 'linux-6.1'] as const;
    const { err } = await commandLine(...args);
    expect(err).toMatch(/^kernel profile linux-6\.1 is inferred: [^\n]+\n$/);
    expect((await commandLine(...args, '--quiet')).err).toBe('');
    expect((await json<Document>(...args)).kernelStatus).toMatchObject({ kind: 'inferred' });
    expect((await commandLine('p2p', 'wrx90-2sw-flat', '--kernel', 'linux-7.3')).err).toBe('');
  });

  it.each([
    'compare wrx90-2sw-flat wrx90-2vs --devices gpu0,gpu4 --size 4KiB --copies 1',
    'matrix wrx90-2sw-flat --devices gpu0,gpu1 --size 4KiB',
    'explain wrx90-2sw-flat gpu0 gpu1 --boot-options amd_iommu=on',
  ])('says it once in %s', async (line) => {
    const { code, err } = await commandLine(...line.split(' '), '--kernel', 'linux-5.10');
    expect(code).toBe(0);
    expect(err.match(/kernel profile linux-5\.10 is inferred/g)).toHaveLength(1);
  });

  it('takes the path of a file', async () => {
    const file = join(temporaryFolder(), 'my-kernel.yaml');
    const text = readFileSync('models/kernels/linux-7.3.yaml', 'utf8');
    writeFileSync(file, text.replace('kernel: linux-7.3', 'kernel: mine').replace('0x17', '0xff'));
    const document = await json<Document>('p2p', 'wrx90-2sw-flat', 'gpu0', 'gpu4', '--kernel', file);
    expect([document.kernel, document.pairs[0]?.mapType]).toEqual(['mine', 'NOT_SUPPORTED']);
    writeFileSync(file, text.replace('min_family: 0x17', 'min_family: zen'));
    const { code, err } = await commandLine('p2p', 'wrx90-2sw-flat', '--kernel', file);
    expect(code).toBe(2);
    expect(err).toMatch(
      /my-kernel\.yaml:\d+:\d+ cpu_check\.min_family: expected a processor family, got "zen"/,
    );
  });

  it('decides which boot options there are', async () => {
    const option = ['--boot-options', 'amd_iommu=on pci=config_acs=0000000@pci:0:0'] as const;
    const args = ['p2p', 'wrx90-2sw-flat', 'gpu0', 'gpu1', ...option, '--kernel'] as const;
    expect((await json<Document>(...args, 'linux-6.12')).pairs[0]?.mapType).toBe('BUS_ADDR');
    expect((await json<Document>(...args, 'linux-6.1')).pairs[0]?.mapType).toBe('THRU_HOST_BRIDGE');
    const { err } = await commandLine(...args, 'linux-6.1');
    expect(err).toMatch(
      /boot options: Linux ignores config_acs=\S+ and logs .*; this kernel has no such option/,
    );
  });
});
