import { allToAll } from './all-to-all.ts';
import { copyLatency, readLatency } from './copy-latency.ts';
import { equalBytes } from './equal-bytes.ts';
import { flagPingPong } from './flag-ping-pong.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { pcieBenchBandwidth } from './pcie-bench-bandwidth.ts';
import { pcieBenchLatency } from './pcie-bench-latency.ts';
import type { Pattern } from './pattern.ts';
import type { Protocol } from './protocol.ts';
import { rdma } from './rdma.ts';
import { ringAllReduce } from './ring-all-reduce.ts';
import { steadyRate } from './steady-rate.ts';
import { timedStreams } from './timed-streams.ts';

/** What a scenario may tell a tool besides its ends, by the keys of the file. */
export type Heeded = 'op' | 'size' | 'depth' | 'window' | 'access' | 'cached' | 'relaxed_ordering';

/** A tool that people measure with. */
export interface Benchmark {
  /** What it does and what its value is. */
  readonly about: string;
  readonly protocol: Protocol;
  readonly unit: 'GB/s' | 'ns';
  readonly pattern: Pattern;
  /** Whether the value is the sum of the flows' rates, or their mean; of times always the mean. */
  readonly value: 'sum' | 'mean';
  /** All else means nothing to it. */
  readonly heeds: readonly Heeded[];
  /** Who moves the data, where the tool leaves no choice. */
  readonly op?: 'write' | 'read';
}

type Kind = Omit<Benchmark, 'about' | 'protocol'>;

const of =
  (kind: Kind) =>
  (about: string, protocol: Protocol, more: Partial<Kind> = {}): Benchmark => ({
    about,
    protocol,
    ...kind,
    ...more,
  });

/** Flows go on, so many transfers at a time. */
const rate = of({
  unit: 'GB/s',
  pattern: 'pairs',
  value: 'sum',
  heeds: ['op', 'size', 'depth', 'relaxed_ordering'],
});
/** Queues of equal copies. */
const copies = of({
  unit: 'GB/s',
  pattern: 'pairs',
  value: 'sum',
  heeds: ['op', 'size', 'relaxed_ordering'],
});
const time = of({ unit: 'ns', pattern: 'pair', value: 'mean', heeds: ['size', 'relaxed_ordering'] });

/** A NIC's own business. */
const MESSAGES: Partial<Kind> = { heeds: ['size', 'depth', 'relaxed_ordering'] };
const HOST_MEMORY: Partial<Kind> = {
  heeds: ['size', 'depth', 'window', 'access', 'cached', 'relaxed_ordering'],
};

/** Benchmarks by the names that files of measurements give them. Source: measurements, `_schema.measurements.protocol`. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  p2pBandwidthLatencyTest_uni: rate('large copies one way', steadyRate),
  p2pBandwidthLatencyTest_bi: copies('equal copies both ways, until both have ended', equalBytes, {
    pattern: 'both-ways',
  }),
  p2pBandwidthLatencyTest_latency: time(
    'copies of 4 B one after the other, without their commands',
    copyLatency,
    { heeds: ['op', 'size', 'relaxed_ordering'] },
  ),
  p2pmark_all_to_all: copies(
    'equal copies to every peer; bytes by the time of the slowest stream',
    allToAll,
    { pattern: 'all-to-all' },
  ),
  p2pmark_probe: copies('each device to the one `shift` further on; the mean', timedStreams, {
    pattern: 'shifted',
    value: 'mean',
  }),
  p2pmark_latency: time('a kernel reads 128 B of a peer, one read after the other', readLatency, {
    op: 'read',
  }),
  flag_ping_pong: time('half of the round trip of a flag that both ends poll', flagPingPong, { op: 'write' }),
  ring_all_reduce: rate('bus bandwidth of an all-reduce, as of nccl-tests', ringAllReduce, {
    pattern: 'ring',
    heeds: ['op', 'size'],
  }),
  cuda_memcpy: rate('large copies on each stream', steadyRate),
  nvbandwidth_ce: rate('large copies by copy engines', steadyRate),
  torch_copy: rate('large copies of tensors', steadyRate),
  torch_copy_script: copies('equal copies on all flows, until all have ended', equalBytes),
  torch_pinned: rate('copies between pinned host memory and devices, all at once', steadyRate),
  rocm_copy: rate('large copies by copy engines (rocm_bandwidth_test)', steadyRate),
  pcie_bench_bw: rate('transfers of one size in a window of host memory', pcieBenchBandwidth, HOST_MEMORY),
  pcie_bench_latency: time('reads of host memory, one after the other', pcieBenchLatency, HOST_MEMORY),
  perftest_bw: rate('large messages between two hosts alike; the slower of both NICs', rdma, MESSAGES),
  rdma_library: rate('large messages of a library such as UCX, as perftest', rdma, MESSAGES),
  fio: rate('requests of one size, `depth` of them under way, to and from drives', steadyRate),
  gdsio: rate('large requests to and from drives, directly with a device', steadyRate),
  bam: rate('reads of drives that a device starts, many under way', steadyRate),
  nvme_device_initiated: rate('random reads of drives that a device starts', steadyRate),
  nvme_queue: rate('large sequential reads of drives', steadyRate),
  smartssd_p2p_bandwidth: copies('one blocking transfer at a time', oneAtATime),
  fpga_shell: rate('large copies by the engine of an FPGA shell', steadyRate),
};

/** A benchmark by its name; null where it is not known, or measures what is not simulated. */
export const benchmarkOf = (name: string): Benchmark | null =>
  Object.hasOwn(BENCHMARKS, name) ? (BENCHMARKS[name] as Benchmark) : null;
