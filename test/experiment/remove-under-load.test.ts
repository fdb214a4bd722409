import { describe, expect, test } from 'vitest';
import { type RemovalCase, removalRow } from '../../src/experiment/remove-under-load-row.ts';
import { Runner } from '../../src/experiment/runner.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadSystem } from '../../src/node/load-system.ts';

const CONTEXT = { runner: new Runner(), profile: loadKernelProfile('linux-7.3'), seed: '1' };
const MACHINE = loadSystem('gpu-nic-nvme');

const row = (way: RemovalCase['way'], depth: number, hold_us: number) =>
  removalRow(CONTEXT, MACHINE, { way, depth, hold_us });

/** A write of 128 KiB over Gen5 x4, whose payload passes at 13 GB/s or more, and a microsecond of latency. */
const TRANSFER_US = 131.072 / 13 + 1;

describe('removing a drive under load', () => {
  test('with DMABUF takes the zap and the drain, as many transfers as are under way, however long the drive works', () => {
    for (const hold of [0, 400]) {
      const [one, many] = [row('DMABUF', 1, hold), row('DMABUF', 16, hold)];
      expect(one.longest_us).toBeLessThan(5 + TRANSFER_US);
      expect(many.longest_us).toBeLessThan(5 + 16 * TRANSFER_US);
      expect(many.longest_us).toBeGreaterThan(8 * TRANSFER_US);
    }
  });

  test.each([200, 800])('with struct pages takes up to the hold of %i us and the transfers', (hold) => {
    const [one, many] = [row('struct pages', 1, hold), row('struct pages', 16, hold)];
    expect(one.longest_us).toBeLessThan(hold + TRANSFER_US);
    expect(one.longest_us).toBeGreaterThan(0.8 * hold);
    expect(many.longest_us).toBeLessThan(hold + 16 * TRANSFER_US);
    expect(many.longest_us).toBeGreaterThan(hold);
  });

  test('with struct pages and one request takes half of it on average', () => {
    const { mean_us } = row('struct pages', 1, 800);
    expect(Math.abs(mean_us / ((800 + TRANSFER_US) / 2) - 1)).toBeLessThan(0.15);
  });
});
