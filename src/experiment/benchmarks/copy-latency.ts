import { bytes, formatBytes } from '../../units.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf } from './scaled.ts';
import { workloadFlows } from './workload-flows.ts';

const TRANSFERS = 20;

/** Transfers of a few bytes one after the other; the value is their mean time in ns. */
const meanLatency =
  (usual: number): Protocol =>
  (workload, { system, runner, profile, seed }) => {
    const size = workload.size ?? bytes(usual);
    const flows = workloadFlows(workload, { size, transfers: TRANSFERS, depth: 1 });
    const run = runner.run({ system, profile, flows, seed, until: null });
    const mean = run.flows[0]?.latency_ns?.mean;
    if (mean === undefined) return refusalOf(run) ?? { skipped: 'nothing arrived' };
    return { value: mean, run, scale: `${TRANSFERS} transfers of ${formatBytes(size)}` };
  };

/** A kernel that reads 128 B of a peer, one read after the other: the round trip. Tool: p2pmark's latency. */
export const readLatency = meanLatency(128);

/**
 * Copies of 4 B, one after the other: the way of each alone, without the time of its command, which the tool mostly measures. Tool:
 * the latency matrix of p2pBandwidthLatencyTest.
 */
export const copyLatency = meanLatency(4);
