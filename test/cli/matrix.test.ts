import { describe, expect, it } from 'vitest';
import type { MatrixResult } from '../../src/experiment/matrix.ts';
import { modelUses } from '../../src/experiment/model-uses.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { commandLine, filesIn, json, REFUSING, temporaryFolder } from './command-line.ts';

const SMALL = ['--devices', 'gpu0,gpu1,gpu4', '--size', '64 KiB'];

describe('hairpin matrix', () => {
  it('prints the heads and the layout of p2pBandwidthLatencyTest', async () => {
    const { code, out, err } = await commandLine('matrix', 'wrx90-2sw-flat', ...SMALL);
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines).toContain('Device: 0, gpu0 (gpu/nvidia/rtx-pro-6000)');
    const at = lines.indexOf('Unidirectional P2P=Enabled Bandwidth (P2P Writes) Matrix (GB/s)');
    expect(lines[at + 1]).toBe('   D\\D     0      1      2 ');
    expect(lines[at + 2]).toMatch(/^ {5}0 {6}- +\d\d\.\d\d +\d\d\.\d\d $/);
    expect(lines).toContain('Bidirectional P2P=Enabled Bandwidth Matrix (GB/s)');
    expect(lines).toContain(
      'Latency is the simulated round trip of one 128 B read, from its issue to its last completion:',
    );
    expect(lines).toContain('P2P=Enabled Latency (P2P Reads) Matrix (us)');
  });

  it('has row devices for initiators: with reads the data comes to them', async () => {
    const options = ['--devices', 'gpu0,nvme0', '--size', '64 KiB', '--op', 'read'];
    const { unidirectional_GBps: cells } = await json<MatrixResult>('matrix', 'gpu-nic-nvme', ...options);
    expect(cells[0]?.[0]).toBeNull();
    // A drive on four lanes limits both ways, but it has fewer reads under way than a GPU.
    expect(cells[0]?.[1]).toBeGreaterThan(0);
    expect(cells[1]?.[0]).toBeGreaterThan(0);
  });

  it('counts both directions by the time until both have ended, the same for both orders of a pair', async () => {
    const result = await json<MatrixResult>('matrix', 'wrx90-2sw-flat', ...SMALL);
    const [one, both] = [result.unidirectional_GBps[0]?.[1], result.bidirectional_GBps[0]?.[1]];
    expect(both).toBeGreaterThan((one as number) * 1.5);
    expect(both).toBeLessThanOrEqual((one as number) * 2);
    expect(result.bidirectional_GBps[1]?.[0]).toBe(both);
  });

  it('finds the round trip of a read shorter below one switch than across the host bridges', async () => {
    const { read128_latency_ns: latency } = await json<MatrixResult>('matrix', 'wrx90-2sw-flat', ...SMALL);
    expect(latency[0]?.[1]).toBeLessThan(latency[0]?.[2] as number);
  });

  it('says of refused pairs that they are, and why', async () => {
    const { code, out } = await commandLine('matrix', REFUSING);
    expect(code).toBe(0);
    expect(out).toMatch(/\n {5}0 {6}- refus\* \n/);
    expect(out).toContain('* refused, 0 to 1: gpu0 and gpu1 meet only in the root complex');
  });

  it('says which share of the numbers that it rests on is assumed', async () => {
    const { models } = await json<MatrixResult>('matrix', 'wrx90-2sw-flat', ...SMALL);
    expect(models).toEqual(modelUses(loadSystem('wrx90-2sw-flat')));
    const { out } = await commandLine('matrix', 'wrx90-2sw-flat', ...SMALL);
    expect(out).toMatch(/\nRests on 132 assumed \(77 %\), 30 inferred/);
  });

  it('leaves matrix.json and matrix.csv in the folder', async () => {
    const folder = temporaryFolder();
    await commandLine('matrix', 'wrx90-2sw-flat', ...SMALL, '-o', folder);
    expect(filesIn(folder)).toEqual(['matrix.csv', 'matrix.json']);
  });
});
