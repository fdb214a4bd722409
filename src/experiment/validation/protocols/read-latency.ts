import { bytes } from '../../../units.ts';
import type { Protocol } from '../prediction.ts';
import { rowFlows } from './row-flows.ts';

/** Reads one after the other; the value is the mean round trip in ns. Tool: p2pmark's latency, a kernel that reads 128 B of a peer. */
export const readLatency: Protocol = (row, system, { runner, profile, seed }) => {
  const flows = rowFlows(row, { size: bytes(row.transfer_bytes ?? 128), transfers: 20, depth: 1 });
  const [flow] = runner.run({ system, profile, flows, seed, until: null }).flows;
  if (flow?.refused !== undefined) return { skipped: `refused: ${flow.refused}` };
  const mean = flow?.latency_ns?.mean;
  return mean === undefined ? { skipped: 'nothing arrived' } : { value: mean, scale: '20 reads' };
};
