import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { benchmarkRun } from '../../src/experiment/benchmark-run.ts';
import { BENCHMARKS } from '../../src/experiment/benchmarks/benchmarks.ts';
import { pairsOf } from '../../src/experiment/benchmarks/pattern.ts';
import { parseScenario, type Scenario } from '../../src/experiment/parse-scenario.ts';
import type { RunResult } from '../../src/experiment/run-result.ts';
import { Runner } from '../../src/experiment/runner.ts';
import { scenarioBenchmark } from '../../src/experiment/scenario-benchmark.ts';
import { scenarioSystem } from '../../src/experiment/scenario-system.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { boundTime } from '../../src/routing/bound-time.ts';
import { boundOf } from '../../src/routing/bound.ts';
import { parseSystem } from '../../src/system/parse-system.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { loadPart } from '../../src/node/load-part.ts';

const runner = new Runner();
const profile = loadKernelProfile();
const flat = loadSystem('wrx90-2sw-flat');
const mixed = loadSystem('gpu-nic-nvme');

function scenarioOf(benchmark: string, more = ''): Scenario {
  return parseScenario(
    `scenario: test\nsystem: wrx90-2sw-flat\n${more}benchmark: ${benchmark}\n`,
    'test.yaml',
  );
}

function replay(system: System, benchmark: string, more = ''): RunResult {
  const scenario = scenarioOf(benchmark, more);
  const changed = scenarioSystem(scenario, system);
  const told = scenarioBenchmark(scenario, changed);
  if (told === null) throw new RangeError('no benchmark');
  return benchmarkRun(told, { system: changed, runner, profile, seed: '1' }, scenario);
}

const valueOf = (system: System, benchmark: string, more = ''): number =>
  replay(system, benchmark, more).benchmark?.value ?? NaN;

const latency = (op: 'write' | 'read', size: number): number => {
  const result = boundOf(flat, { op, from: 'gpu0', to: 'gpu1', size: bytes(size), address: 'BUS' });
  return result.kind === 'bound' ? boundTime(result.bound) / 1e3 : NaN;
};

const errorOf = (benchmark: string, more = ''): string => {
  try {
    replay(flat, benchmark, more);
  } catch (error) {
    return String(error);
  }
  return 'none';
};

const shift = (by: number): number => valueOf(flat, `{ tool: p2pmark_probe, shift: ${by} }`);

const ring = (devices: string, more = ''): number =>
  valueOf(flat, `{ tool: ring_all_reduce, devices: [${devices}]${more} }`);

const probe = (more: string) => replay(flat, `{ tool: p2pmark_probe, shift: 1${more} }`).benchmark;

const ops = (benchmark: string): readonly string[] => replay(mixed, benchmark).flows.map(({ op }) => op);

/** Each tool on some machine. */
const ON_SOME_MACHINE: Readonly<Record<string, readonly [System, string]>> = {
  p2pBandwidthLatencyTest_uni: [flat, 'pairs: [[gpu0, gpu1]]'],
  p2pBandwidthLatencyTest_bi: [flat, 'pairs: [[gpu0, gpu1]]'],
  p2pBandwidthLatencyTest_latency: [flat, 'pairs: [[gpu0, gpu1]]'],
  p2pmark_all_to_all: [flat, 'devices: [gpu0, gpu1, gpu2]'],
  p2pmark_probe: [flat, 'shift: 4'],
  ring_all_reduce: [flat, 'devices: [gpu0, gpu1, gpu2]'],
  p2pmark_latency: [flat, 'pairs: [[gpu0, gpu1]]'],
  flag_ping_pong: [flat, 'pairs: [[gpu0, gpu4]]'],
  cuda_memcpy: [flat, 'pairs: [[gpu0, gpu1], [gpu2, gpu3]]'],
  nvbandwidth_ce: [flat, 'pairs: [[mem:s0, gpu0]]'],
  torch_copy: [flat, 'pairs: [[gpu0, gpu4]]'],
  torch_copy_script: [flat, 'pairs: [[gpu0, gpu4], [gpu1, gpu5]]'],
  torch_pinned: [flat, 'pairs: [[gpu0, mem:s0], [mem:s0, gpu0]]'],
  rocm_copy: [flat, 'pairs: [[gpu0, gpu1]]'],
  pcie_bench_bw: [mixed, 'pairs: [[mem:s0, nic0]], size: 64 B, window: 64 KiB'],
  pcie_bench_latency: [mixed, 'pairs: [[mem:s0, nic0]], size: 64 B'],
  perftest_bw: [mixed, 'pairs: [[gpu0, nic0]]'],
  rdma_library: [mixed, 'pairs: [[gpu0, nic0]]'],
  fio: [mixed, 'pairs: [[nvme0, mem:s0]], size: 4 KiB, depth: 32'],
  gdsio: [mixed, 'pairs: [[nvme0, gpu0]]'],
  bam: [mixed, 'pairs: [[nvme0, gpu0], [nvme1, gpu0]]'],
  nvme_device_initiated: [mixed, 'pairs: [[nvme0, gpu0]], size: 512 B'],
  nvme_queue: [mixed, 'pairs: [[nvme0, mem:s0]]'],
  smartssd_p2p_bandwidth: [mixed, 'pairs: [[nvme0, gpu0]], size: 4 KiB'],
  fpga_shell: [mixed, 'pairs: [[mem:s0, nic0]]'],
};

describe('a benchmark of a scenario', () => {
  test.each(Object.keys(BENCHMARKS))('%s gives a value, by way of simulated flows', (tool) => {
    const [system, ends] = ON_SOME_MACHINE[tool] ?? [];
    expect(system, 'no machine is given for this tool').toBeDefined();
    const { benchmark, flows } = replay(system as System, `{ tool: ${tool}, ${ends} }`);
    expect(benchmark).toMatchObject({ tool, unit: BENCHMARKS[tool]?.unit, scale: expect.any(String) });
    expect(benchmark?.value).toBeGreaterThan(0);
    expect(flows.every(({ bytes: moved }) => moved > 0)).toBe(true);
  });

  it('of one pair of large copies comes near the bound of its link', () => {
    const value = valueOf(flat, '{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu1]] }');
    expect(Math.abs(value / 54.34 - 1)).toBeLessThan(0.005);
  });

  it('both ways gives twice as much less what DLLPs cost, and half of that with redirect', () => {
    const both = '{ tool: p2pBandwidthLatencyTest_bi, pairs: [[gpu0, gpu1]] }';
    const free = valueOf(flat, both);
    expect(Math.abs(free / (2 * 54.34 * (148 / (148 + 8))) - 1)).toBeLessThan(0.005);
    expect(Math.abs(valueOf(flat, both, 'set: { acs: { redirect: all } }\n') / (free / 2) - 1)).toBeLessThan(
      0.005,
    );
  });

  it('of latency gives the closed form of one transfer', () => {
    const copies = valueOf(flat, '{ tool: p2pBandwidthLatencyTest_latency, pairs: [[gpu0, gpu1]] }');
    expect(copies).toBeCloseTo(latency('write', 4), 1);
    const reads = valueOf(flat, '{ tool: p2pmark_latency, pairs: [[gpu0, gpu1]] }');
    expect(reads).toBeCloseTo(latency('read', 128), 1);
  });

  it('of a probe depends on how many flows share an uplink', () => {
    expect(Math.abs(shift(4) / (54.17 / 4) - 1)).toBeLessThan(0.06);
    expect(shift(1)).toBeGreaterThan(3 * shift(4));
  });

  it('of a ring gives its bus bandwidth, below what one edge carries while the other direction is busy', () => {
    const local = ring('gpu0, gpu1, gpu2, gpu3');
    expect(local).toBeGreaterThan(0.95 * 54.34 * (148 / (148 + 8)));
    expect(local).toBeLessThan(54.34);
    expect(ring('gpu0, gpu4, gpu1, gpu5', ', size: 1 MiB')).toBeLessThan(0.5 * local);
  });

  it('says what was simulated, and that it is steady', () => {
    const { benchmark } = replay(flat, '{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu1]] }');
    expect(benchmark?.scale).toBe('1 MiB a copy for 200 us');
  });

  it('has no value where the kernel refuses a flow, and says why', () => {
    const refusing = loadSystem('test/fixtures/scenarios/systems/refusing.yaml');
    const { benchmark, flows } = replay(refusing, '{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu1]] }');
    expect(benchmark).toMatchObject({
      value: null,
      refused: expect.stringContaining('gpu0 → gpu1 is refused'),
    });
    expect(flows[0]).toMatchObject({ goodput_GBps: null, refused: expect.any(String) });
  });

  it('lets a drive pull what is written to it, and a device what it copies from memory', () => {
    expect(ops('{ tool: gdsio, pairs: [[gpu0, nvme0], [nvme1, gpu1]] }')).toEqual(['read', 'write']);
    expect(ops('{ tool: torch_pinned, pairs: [[mem:s0, gpu0], [gpu0, mem:s0]] }')).toEqual(['read', 'write']);
  });

  it('is held back by a published rate of a network or of media', () => {
    const text = readFileSync('models/systems/gpu-nic-nvme.yaml', 'utf8')
      .replace('id: nic0,', 'id: nic0, network: { rate_GBps: 12.5 },')
      .replace('id: nvme0,', 'id: nvme0, media: { read_GBps: 7.1, write_GBps: 3 },');
    const system = parseSystem(text, 'limited.yaml', loadPart);
    expect(valueOf(system, '{ tool: perftest_bw, pairs: [[gpu0, nic0]] }')).toBe(12.5);
    expect(valueOf(system, '{ tool: gdsio, pairs: [[nvme0, gpu0]] }')).toBe(7.1);
    expect(valueOf(system, '{ tool: gdsio, pairs: [[gpu0, nvme0]] }')).toBe(3);
    expect(valueOf(mixed, '{ tool: gdsio, pairs: [[nvme0, gpu0]] }')).toBeGreaterThan(12);
  });

  it('takes copies as small as it is told, which are slower', () => {
    expect(probe(', size: 4 KiB')?.scale).toContain('copies of 4 KiB on each flow');
    expect(probe(', size: 4 KiB')?.value).toBeLessThan(0.9 * (probe('')?.value ?? NaN));
    expect(probe(', size: 64 MiB')).toEqual(probe(''));
  });

  it('takes all GPUs where it names no devices', () => {
    expect(replay(flat, '{ tool: p2pmark_probe, shift: 1 }').flows).toHaveLength(8);
  });
});

describe('the pairs of a pattern', () => {
  const devices = ['a', 'b', 'c'];
  test.each([
    ['all-to-all', 'ab ac ba bc ca cb'],
    ['shifted', 'ac ba cb'],
    ['ring', 'ab bc ca'],
  ] as const)('%s among three devices are %s', (pattern, expected) => {
    expect(pairsOf(pattern, { pairs: [], devices, shift: 2 }).map((pair) => pair.join(''))).toEqual(
      expected.split(' '),
    );
  });
});

describe('a benchmark that cannot be', () => {
  test.each([
    ['{ tool: p2pmark }', 'benchmark.tool: expected the name of a benchmark, got "p2pmark"; choose from p2p'],
    ['{ tool: nvbandwidth_ce }', 'benchmark.pairs: expected the pairs of nvbandwidth_ce, got nothing'],
    [
      '{ tool: p2pmark_latency, pairs: [[gpu0, gpu1], [gpu2, gpu3]] }',
      'expected one pair for p2pmark_latency',
    ],
    ['{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu1, gpu2]] }', 'benchmark.pairs[0]: expected two ends'],
    ['{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu9]] }', 'expected a device of wrx90-2sw-flat, got "gpu9"'],
    ['{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu0]] }', 'expected two different ends, got gpu0 on both'],
    ['{ tool: nvbandwidth_ce, pairs: [[mem:s0, gpu0]], op: write }', 'expected a device, as data is written'],
    [
      '{ tool: p2pmark_probe, pairs: [[gpu0, gpu1]] }',
      'benchmark.pairs: expected no pairs for p2pmark_probe',
    ],
    [
      '{ tool: p2pmark_probe, devices: [gpu0, gpu0] }',
      'expected two devices or more for p2pmark_probe, each',
    ],
    ['{ tool: p2pmark_probe, shift: 8 }', 'expected a shift below 8, the number of devices, got 8'],
    ['{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu1]], shift: 1 }', 'expected no shift for nvbandwidth_ce'],
    [
      '{ tool: p2pmark_probe, depth: 4 }',
      'no depth for p2pmark_probe, which heeds op, size, relaxed_ordering',
    ],
    [
      '{ tool: p2pmark_latency, pairs: [[gpu0, gpu1]], op: write }',
      'benchmark.op: expected no op for p2pmark',
    ],
    [
      '{ tool: nvbandwidth_ce, pairs: [[mem:s0, gpu0]], cached: true }',
      'expected no cached for nvbandwidth_ce',
    ],
    ['{ tool: pcie_bench_latency, pairs: [[gpu0, mem:s0]] }', 'an adapter does not see a posted write end'],
  ])('%s is an error with its place: %s', (benchmark, expected) => {
    expect(errorOf(benchmark)).toContain(expected);
  });

  it('has the machine to itself', () => {
    const flows = 'flows: [{ from: gpu0, to: gpu1, size: 1 MiB }]\n';
    const pair = '{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu1]] }';
    expect(errorOf(pair, flows)).toContain('flows: expected no flows beside a benchmark');
    expect(errorOf(pair, 'until: { time: 1 ms }\n')).toContain('expected no until beside a benchmark');
  });
});
