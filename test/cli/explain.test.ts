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

  it.each([
    ['gpu4', 'THRU_HOST_BRIDGE', 'cap:other_socket:rp0:write'],
    ['mem:s1', null, 'link:sw0.d0:up'],
  ])(
    'knows a cap of the root complex on the way to a far peer, which far memory does not have: %s',
    async (to, verdict, limit) => {
      const { expected, mapType, address } = await json<Explanation>('explain', 'gpu-nic-nvme', 'gpu0', to);
      expect([mapType, address, expected?.limitedBy]).toEqual([verdict, 'PHYS', limit]);
    },
  );

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
    expect(out).toMatch(
      /Refused: there is no rate.*\n?.*staged through system\s+memory:\n\ngoodput +at most \d/,
    );
  });

  it('says what is known of the kernel and of the host bridges, of memory nothing', async () => {
    const kernel = ['--kernel', 'linux-6.1'] as const;
    const answer = await json<Explanation>('explain', REFUSING, 'gpu0', 'gpu1', ...kernel);
    expect(answer).toMatchObject({
      kernelStatus: { kind: 'inferred' },
      classes: null,
      hostBridges: { provider: { device: '8086:4c43' } },
      kernelLog: [expect.stringContaining('whitelisted host bridge')],
    });
    const memory = await json<Explanation>('explain', 'wrx90-2sw-flat', 'gpu0', 'mem:s0');
    expect(memory).toMatchObject({ kernelStatus: { kind: 'exact' }, hostBridges: null, kernelLog: [] });
  });

  it('gives a refused pair the copy staged through the memory of the source', async () => {
    const { staged, models } = await json<Explanation>('explain', REFUSING, 'gpu0', 'gpu1');
    expect(staged).toMatchObject({ via: 'mem:s0', buffers: 2, buffer_bytes: 524288, chunk_bytes: 524288 });
    expect(staged?.interrupt_ns).toEqual({ in: 2000, out: 2000 });
    const { goodput_GBps, limitedBy, constraints, legs } = staged?.expected ?? {};
    expect(limitedBy).toBe('staging-buffers:mem:s0');
    expect(constraints?.[0]).toEqual({ resource: limitedBy, leg: 'both', rate_GBps: goodput_GBps });
    expect(goodput_GBps).toBeLessThan(Math.min(legs?.in.goodput_GBps ?? 0, legs?.out.goodput_GBps ?? 0));
    expect(models.map(({ part }) => part)).toContain('cpu/intel/xeon-sapphire-rapids');
  });

  it('says nothing of staging where a pair is allowed, unless asked', async () => {
    const pair = ['explain', 'wrx90-2sw-flat', 'gpu0', 'gpu4'] as const;
    expect(await json<Explanation>(...pair)).not.toHaveProperty('staged');
    const asked = await json<Explanation>(...pair, '--via', 'mem');
    expect(asked.staged?.via).toBe('mem:s0');
    expect(asked.expected?.goodput_GBps).toBeGreaterThan(asked.staged?.expected?.goodput_GBps ?? Infinity);
  });

  it('counts a link for both DMAs where both devices sit below one switch', async () => {
    const { staged } = await json<Explanation>(
      'explain',
      'wrx90-2sw-flat',
      'gpu0',
      'gpu1',
      '--via',
      'mem:s0',
    );
    const shared = staged?.expected?.constraints.find(({ resource }) => resource === 'link:rp20:up');
    expect(shared?.leg).toBe('both');
    expect(shared?.rate_GBps).toBeLessThan(staged?.expected?.legs.in.goodput_GBps ?? 0);
  });

  it('prints both DMAs, the buffers and what they allow together', async () => {
    const { code, out } = await commandLine('explain', REFUSING, 'gpu0', 'gpu1');
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot(golden('explain-refusing.txt'));
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});
