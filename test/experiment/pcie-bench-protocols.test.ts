import { describe, expect, test } from 'vitest';
import { Runner } from '../../src/experiment/runner.ts';
import { pcieBenchBandwidth } from '../../src/experiment/benchmarks/pcie-bench-bandwidth.ts';
import { pcieBenchLatency } from '../../src/experiment/benchmarks/pcie-bench-latency.ts';
import type { BenchmarkContext, Outcome, Protocol } from '../../src/experiment/benchmarks/protocol.ts';
import type { MeasuredRow } from '../../src/experiment/validation/measured-row.ts';
import { rowWorkload } from '../../src/experiment/validation/row-workload.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { setIommu } from '../../src/system/edit.ts';
import type { IommuMode, System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers } from '../support/measured-system.ts';

/** Gen3 x8: 8 lanes of 8 GT/s in 128b/130b, in B/ns. */
const WIRE = (8 * 8 * 128) / 130 / 8;
/** On the wire besides the payload: 16 B of header of a request with a 64-bit address, 12 B of a completion, 8 B of framing. */
const REQUEST = 24;
const COMPLETION = 20;
const DRAM_NS = 400;
const CACHE_NS = 340;
const KIB = 1024;

const context: Omit<BenchmarkContext, 'system'> = {
  runner: new Runner(),
  profile: loadKernelProfile(),
  seed: 'pcie-bench',
};

function machine(dma: Numbers = {}, id = 'nic'): System {
  const cpu = { memory_latency: `${DRAM_NS} ns`, cache_latency: `${CACHE_NS} ns` };
  return measuredSystem({ cpu, below: [device(id, 'gen3x8', { dma })] });
}

const row = (op: MeasuredRow['op'], more: Partial<MeasuredRow> = {}): MeasuredRow => ({
  id: 'test#1',
  platform: 'test',
  trust: 'A',
  op,
  mode: 'uni',
  flows: [op === 'device_to_host' ? ['nic', 'mem:s0'] : ['mem:s0', 'nic']],
  transfer_bytes: 64,
  window_bytes: 8 * KIB,
  access: 'random',
  cache: 'warm',
  queue_depth: null,
  acs: 'unknown',
  iommu: { mode: 'off' },
  overrides: [],
  protocol: 'pcie_bench_bw',
  value: 1,
  unit: 'GB/s',
  tolerance_pct: 5,
  score: true,
  ...more,
});

const predict = (protocol: Protocol, of: MeasuredRow, system: System): Outcome =>
  protocol(rowWorkload(of), { ...context, system });

function valueOf(protocol: Protocol, of: MeasuredRow, system: System): number {
  const prediction = predict(protocol, of, system);
  if ('skipped' in prediction) throw new RangeError(prediction.skipped);
  return prediction.value;
}

const expectWithin = (value: number, expected: number, within: number): void =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(within);

const latency = (size: number, more: Partial<MeasuredRow> = {}): number =>
  valueOf(pcieBenchLatency, row('host_to_device', { transfer_bytes: size, ...more }), machine());

const rate = (of: MeasuredRow, system: System): number => valueOf(pcieBenchBandwidth, of, system);

const behindIommu = (mode: IommuMode, id = 'nic'): System => setIommu(machine({}, id), mode, bytes(4 * KIB));

const readsIn = (window: number): MeasuredRow => row('host_to_device', { window_bytes: window });

const rateIn = (window: number, mode: IommuMode = 'translate'): number =>
  rate(readsIn(window), behindIommu(mode));

describe('pcie-bench with one read at a time', () => {
  test.each([8, 64, 256])('takes the round trip of one request and one completion for %i B', (size) => {
    expect(latency(size)).toBeCloseTo((REQUEST + COMPLETION + size) / WIRE + CACHE_NS, 2);
  });

  test('waits for the last of the completions of all requests', () => {
    const completions = 2048 + (2048 / 256) * COMPLETION;
    expect(latency(2048)).toBeCloseTo((REQUEST + completions) / WIRE + CACHE_NS, 1);
  });

  test('takes longer where the host has not touched the window, by what its memory takes longer', () => {
    expect(latency(64, { cache: 'cold' }) - latency(64)).toBeCloseTo(DRAM_NS - CACHE_NS, 6);
  });

  test('crosses the adapter’s own end of the link twice', () => {
    const slow = measuredSystem({ below: [device('nic', 'gen3x8', { port: { phy_latency: '90 ns' } })] });
    const fast = measuredSystem({ below: [device('nic', 'gen3x8')] });
    const [far, near] = [slow, fast].map((each) => valueOf(pcieBenchLatency, row('host_to_device'), each));
    expect((far as number) - (near as number)).toBeCloseTo(180, 6);
  });

  test('does not see when a posted write ends', () => {
    expect(predict(pcieBenchLatency, row('device_to_host'), machine())).toHaveProperty('skipped');
  });
});

describe('pcie-bench with many transfers under way', () => {
  test.each([64, 256, 2048])('writes %i B at the rate of the wire', (size) => {
    const payload = Math.min(size, 256);
    const write = row('device_to_host', { transfer_bytes: size });
    expectWithin(rate(write, machine()), (payload / (payload + REQUEST)) * WIRE, 2e-3);
  });

  test('reads at the rate of the completions on the wire, where tags are many', () => {
    const read = row('host_to_device', { transfer_bytes: 512 });
    expectWithin(rate(read, machine()), (256 / (256 + COMPLETION)) * WIRE, 2e-3);
  });

  test('has no more reads under way than tags', () => {
    const trip = (REQUEST + COMPLETION + 64) / WIRE + CACHE_NS;
    expectWithin(rate(row('host_to_device'), machine({ tags: 8 })), (8 * 64) / trip, 5e-3);
  });

  test('reads and writes at once, a read request and a write by turns', () => {
    const flows = [
      ['mem:s0', 'nic'],
      ['nic', 'mem:s0'],
    ] as const;
    const both = row('host_both_ways', { transfer_bytes: 256, mode: 'bi_sum', flows });
    const pair = 256 + REQUEST + REQUEST;
    expectWithin(rate(both, machine()), (2 * 256 * WIRE) / pair, 2e-3);
  });
});

describe('pcie-bench behind an IOTLB of 64 entries with six walks of 280 ns at a time', () => {
  test('leaves the cold start out: 64 pages are read as fast as without an IOMMU', () => {
    expectWithin(rateIn(256 * KIB), rateIn(256 * KIB, 'off'), 1e-3);
  });

  test.each([1, 64])('goes at the walks over the share that misses in a window of %i MiB', (mib) => {
    const misses = 1 - 256 / (mib * KIB);
    expectWithin(rateIn(mib * KIB * KIB), (6 * 64) / 280 / misses, 0.02);
  });

  test('has a result that a longer run does not move by 0.5 %', () => {
    const prediction = predict(pcieBenchBandwidth, readsIn(KIB * KIB), behindIommu('translate'));
    expect(prediction).toHaveProperty('scale', expect.not.stringContaining('moved'));
    const long = measureOne(
      behindIommu('translate'),
      flow('mem:s0', 'nic', 64, {
        op: 'read',
        region: bytes(KIB * KIB),
        access: 'random',
        cached: true,
        depth: 1024,
        transfers: 60_000,
      }),
    ).arrivals.steadyRate_GBps(64, 3000);
    expectWithin('value' in prediction ? Number(prediction.value) : NaN, long, 5e-3);
  });
});

describe('names are no more than names:', () => {
  test.each([
    ['bandwidth', pcieBenchBandwidth],
    ['latency', pcieBenchLatency],
  ] as const)('the %s of an adapter is the same by another name', (_, protocol) => {
    const own = readsIn(KIB * KIB);
    const other = { ...own, id: 'other#7', platform: 'other', flows: [['mem:s0', 'zeta']] as const };
    const byOne = valueOf(protocol, own, behindIommu('translate'));
    expect(valueOf(protocol, other, behindIommu('translate', 'zeta'))).toBe(byOne);
  });
});
