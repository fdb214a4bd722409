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

/** A tool that people measure with. */
export interface Benchmark {
  /** What it does and what its value is. */
  readonly about: string;
  readonly protocol: Protocol;
  readonly unit: 'GB/s' | 'ns';
  readonly pattern: Pattern;
  /** Whether the value is the sum of the flows' rates, or their mean; of times always the mean. */
  readonly value: 'sum' | 'mean';
}

const rate = (about: string, protocol: Protocol, pattern: Pattern = 'pairs'): Benchmark => ({
  about,
  protocol,
  pattern,
  unit: 'GB/s',
  value: 'sum',
});

const time = (about: string, protocol: Protocol): Benchmark => ({
  about,
  protocol,
  pattern: 'pair',
  unit: 'ns',
  value: 'mean',
});

/** Benchmarks by the names that files of measurements give them. Source: measurements, `_schema.measurements.protocol`. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  p2pBandwidthLatencyTest_uni: rate('large copies one way', steadyRate),
  p2pBandwidthLatencyTest_bi: rate('equal copies both ways, until both have ended', equalBytes, 'both-ways'),
  p2pBandwidthLatencyTest_latency: time(
    'copies of 4 B one after the other, without their commands',
    copyLatency,
  ),
  p2pmark_all_to_all: rate(
    'equal copies to every peer; bytes by the time of the slowest stream',
    allToAll,
    'all-to-all',
  ),
  p2pmark_probe: {
    ...rate('each device to the one `shift` further on; the mean', timedStreams, 'shifted'),
    value: 'mean',
  },
  p2pmark_latency: time('a kernel reads 128 B of a peer, one read after the other', readLatency),
  flag_ping_pong: time('half of the round trip of a flag that both ends poll', flagPingPong),
  ring_all_reduce: rate('bus bandwidth of an all-reduce, as of nccl-tests', ringAllReduce, 'ring'),
  cuda_memcpy: rate('large copies on each stream', steadyRate),
  nvbandwidth_ce: rate('large copies by copy engines', steadyRate),
  torch_copy: rate('large copies of tensors', steadyRate),
  torch_copy_script: rate('equal copies on all flows, until all have ended', equalBytes),
  torch_pinned: rate('copies between pinned host memory and devices, all at once', steadyRate),
  rocm_copy: rate('large copies by copy engines (rocm_bandwidth_test)', steadyRate),
  pcie_bench_bw: rate('transfers of one size in a window of host memory', pcieBenchBandwidth),
  pcie_bench_latency: time('reads of host memory, one after the other', pcieBenchLatency),
  perftest_bw: rate('large messages between two hosts alike; the slower of both NICs', rdma),
  rdma_library: rate('large messages of a library such as UCX, as perftest', rdma),
  fio: rate('requests of one size, `depth` of them under way, to and from drives', steadyRate),
  gdsio: rate('large requests to and from drives, directly with a device', steadyRate),
  bam: rate('reads of drives that a device starts, many under way', steadyRate),
  nvme_device_initiated: rate('random reads of drives that a device starts', steadyRate),
  nvme_queue: rate('large sequential reads of drives', steadyRate),
  smartssd_p2p_bandwidth: rate('one blocking transfer at a time', oneAtATime),
  fpga_shell: rate('large copies by the engine of an FPGA shell', steadyRate),
};

/** A benchmark by its name; null where it is not known, or measures what is not simulated. */
export const benchmarkOf = (name: string): Benchmark | null =>
  Object.hasOwn(BENCHMARKS, name) ? (BENCHMARKS[name] as Benchmark) : null;
