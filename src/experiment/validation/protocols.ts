import type { Protocol } from './prediction.ts';
import { allToAll } from './protocols/all-to-all.ts';
import { equalBytes } from './protocols/equal-bytes.ts';
import { flagPingPong } from './protocols/flag-ping-pong.ts';
import { pcieBenchBandwidth } from './protocols/pcie-bench-bandwidth.ts';
import { pcieBenchLatency } from './protocols/pcie-bench-latency.ts';
import { rdma } from './protocols/rdma.ts';
import { readLatency } from './protocols/read-latency.ts';
import { steadyRate } from './protocols/steady-rate.ts';
import { timedStreams } from './protocols/timed-streams.ts';

/** What each benchmark does, by the name that files of measurements give it. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  p2pBandwidthLatencyTest_uni: steadyRate,
  p2pBandwidthLatencyTest_bi: equalBytes,
  cuda_memcpy: steadyRate,
  nvbandwidth_ce: steadyRate,
  torch_copy: steadyRate,
  torch_copy_script: equalBytes,
  torch_pinned: steadyRate,
  p2pmark_all_to_all: allToAll,
  p2pmark_probe: timedStreams,
  p2pmark_latency: readLatency,
  flag_ping_pong: flagPingPong,
  rocm_copy: steadyRate,
  pcie_bench_bw: pcieBenchBandwidth,
  pcie_bench_latency: pcieBenchLatency,
  perftest_bw: rdma,
  rdma_library: rdma,
  gdsio: steadyRate,
  bam: steadyRate,
  nvme_device_initiated: steadyRate,
  nvme_queue: steadyRate,
  fpga_shell: steadyRate,
};

/** The protocol of a benchmark; null where it is not known, or measures what is not simulated. */
export const protocolOf = (name: string): Protocol | null =>
  Object.hasOwn(PROTOCOLS, name) ? (PROTOCOLS[name] as Protocol) : null;
