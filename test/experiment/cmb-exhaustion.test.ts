import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { erlangLoss } from '../../src/experiment/cmb-exhaustion-loss.ts';
import { cmbLatencies, type CmbRow, cmbRow } from '../../src/experiment/cmb-exhaustion-row.ts';
import { Runner } from '../../src/experiment/runner.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadPart } from '../../src/node/load-part.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { parseSystem } from '../../src/system/parse-system.ts';
import { parseBytes } from '../../src/units.ts';

const CONTEXT = { runner: new Runner(), profile: loadKernelProfile('linux-7.3'), seed: '1' };
const MACHINE = loadSystem('gpu-nic-nvme');

const row = (offered: number, pool: string, machine = MACHINE): CmbRow =>
  cmbRow(CONTEXT, machine, { offered, pool: parseBytes(pool) });

/** The same drive on 16 lanes. */
const WIDE = parseSystem(
  readFileSync('models/systems/gpu-nic-nvme.yaml', 'utf8').replace(
    'width: 4 }, child: { kind: nvme, id: nvme0',
    'width: 16 }, child: { kind: nvme, id: nvme0',
  ),
  'wide.yaml',
  loadPart,
);

describe("Erlang's loss formula", () => {
  // from the definition: (load^n / n!) over the sum of such terms from 0 to n
  test.each([
    [1, 1, 1 / 2],
    [2, 1, 2 / 3],
    [1, 2, 0.5 / 2.5],
    [2, 3, 8 / 6 / (1 + 2 + 2 + 8 / 6)],
    [0, 4, 0],
  ])('gives for %f erlangs and %i blocks a share of %f', (load, blocks, expected) => {
    expect(erlangLoss(load, blocks)).toBeCloseTo(expected, 12);
  });

  test('agrees with the tables in books, where 5.08 erlangs at 10 lines lose 2 %', () => {
    expect(erlangLoss(5.08, 10)).toBeCloseTo(0.02, 3);
  });
});

describe('a controller memory buffer', () => {
  const [ample, full] = [row(4, '4 MiB'), row(10, '2 MiB')];

  test('that is ample serves all, by one mode of latency', () => {
    expect(ample.fallback_pct).toBe(0);
    expect(ample.system_p50_us).toBeNull();
    expect(ample.all_p99_us).toBe(ample.pool_p99_us);
  });

  test("that runs out sends to system memory what Erlang's formula says, by a second mode that takes longer", () => {
    expect(full.high_water_MiB).toBe(2);
    expect(Math.abs((full.fallback_pct ?? NaN) / (full.erlang_pct ?? NaN) - 1)).toBeLessThan(0.1);
    expect(full.system_p50_us ?? 0).toBeGreaterThan(1.5 * (full.pool_p50_us ?? NaN));
    expect(full.all_p99_us ?? 0).toBeGreaterThan(1.5 * (full.pool_p99_us ?? NaN));
  });

  test("that blocks also wait to be written to loses more than Erlang's formula says, and what it says where the link is wide", () => {
    const [narrow, wide] = [row(12, '4 MiB'), row(12, '4 MiB', WIDE)];
    expect(narrow.fallback_pct ?? 0).toBeGreaterThan(3 * (narrow.erlang_pct ?? NaN));
    expect(Math.abs((wide.fallback_pct ?? NaN) / (wide.erlang_pct ?? NaN) - 1)).toBeLessThan(0.2);
    expect(wide.pool_p50_us ?? NaN).toBeLessThan(3);
  });

  test('is filled by the load times the time that a block is held (Little)', () => {
    const held_us = 250 + (ample.pool_p50_us ?? NaN);
    const expected = ((ample.goodput_GBps ?? NaN) * 1e3 * held_us) / 2 ** 20;
    expect(Math.abs((ample.mean_MiB ?? NaN) / expected - 1)).toBeLessThan(0.05);
  });

  test('has its latencies in a chart as a line for each, the missing ones as gaps', () => {
    const lines = cmbLatencies([ample, full]);
    expect(lines).toHaveLength(8);
    expect(lines.filter(({ us }) => us === null).map(({ latency }) => latency)).toEqual([
      'system memory, p50',
      'system memory, p99',
    ]);
  });
});
