import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/experiment/explain-result.ts';
import { commandLine, golden, json, REFUSING } from './command-line.ts';

describe('hairpin explain', () => {
  it('prints verdict, ways, bounds by resource and what limits', async () => {
    const { code, out } = await commandLine('explain', 'wrx90-2sw-flat', 'gpu0', 'gpu4', '--op', 'read');
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot(golden('explain-wrx90-2sw-flat-read.txt'));
  });

  it('has lines of at most 100 cells', async () => {
    for (const to of ['gpu1', 'gpu4', 'mem:s0']) {
      const { out } = await commandLine('explain', 'wrx90-2sw-flat', 'gpu0', to);
      expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }
  });

  it('names the tightest resource by the name that results give it', async () => {
    const { expected } = await json<Explanation>('explain', 'wrx90-2sw-flat', 'gpu0', 'gpu1');
    expect(expected?.limitedBy).toBe('link:sw1.d0:up');
    expect(expected?.constraints[0]).toEqual({
      resource: 'link:sw1.d0:up',
      rate_GBps: expected?.goodput_GBps,
    });
    expect(expected?.unloaded_latency_ns).toBeGreaterThan(100);
  });

  it('knows a cap of the root complex on the way to the far memory', async () => {
    const { expected, mapType, address } = await json<Explanation>(
      'explain',
      'gpu-nic-nvme',
      'gpu0',
      'mem:s1',
    );
    expect([mapType, address, expected?.limitedBy]).toEqual([null, 'PHYS', 'cap:other_socket:rp0:write']);
  });

  it('rests on the parts of the way alone', async () => {
    const { models } = await json<Explanation>('explain', 'gpu-nic-nvme', 'gpu0', 'gpu1');
    expect(models.map(({ part }) => part)).toEqual(['switch/broadcom/pex890xx', 'gpu/nvidia/rtx-pro-6000']);
  });

  it('gives a refused pair a reason and no rate, and succeeds', async () => {
    const { expected, refused, requestRoute } = await json<Explanation>('explain', REFUSING, 'gpu0', 'gpu1');
    expect([expected, requestRoute]).toEqual([null, null]);
    expect(refused).toContain('the allow list does not have hb0');
    const { code, out } = await commandLine('explain', REFUSING, 'gpu0', 'gpu1');
    expect(code).toBe(0);
    expect(out).toMatch(/Refused: there is no rate.*\n?.*not simulated yet/);
  });
});
