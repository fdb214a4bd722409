import { describe, expect, it } from 'vitest';
import { commandLine, golden, json, REFUSING } from './command-line.ts';

interface Pair {
  readonly provider: string;
  readonly client: string;
  readonly mapType: string;
  readonly distance: number;
  readonly address: string | null;
  readonly requestRoute: readonly string[] | null;
  readonly completionRoute: readonly string[] | null;
  readonly reason: string;
}
interface Document {
  readonly system: string;
  readonly kernel: string;
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
      reason: expect.stringContaining('staging through system memory is not simulated yet'),
    });
  });

  it('asks the kernel that is named', async () => {
    const { kernel } = await json<Document>('p2p', 'wrx90-2sw-flat', '--kernel', 'linux-6.19');
    expect(kernel).toBe('linux-6.19');
  });
});
