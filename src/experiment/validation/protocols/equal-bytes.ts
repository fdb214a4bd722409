import { bytes } from '../../../units.ts';
import type { Protocol } from '../prediction.ts';
import { rowFlows } from './row-flows.ts';
import { scaledUp } from './scaled.ts';

const COPY = bytes(2 ** 18);
const FIRST_COPIES = 4;
/** Copies of all flows in the largest run. */
const MOST_COPIES = 1200;

/** Doublings until all flows together make that many copies. */
export const doublingsFor = (flows: number): number => {
  let doublings = 0;
  while (flows * FIRST_COPIES * 2 ** (doublings + 1) <= MOST_COPIES) doublings++;
  return doublings;
};

/**
 * Equal copies on all flows, started together; the value is all bytes by the time until every flow has ended. Tools: the two-way
 * matrix of p2pBandwidthLatencyTest, scripts that copy tensors.
 */
export const equalBytes: Protocol = (row, system, { runner, profile, seed }) =>
  scaledUp((factor) => {
    const transfers = FIRST_COPIES * factor;
    const flows = rowFlows(row, { size: COPY, transfers, depth: Math.min(2, transfers) });
    const { flows: results, end_ps: end } = runner.run({ system, profile, flows, seed, until: null });
    const refused = results.find((flow) => flow.refused !== undefined)?.refused;
    if (refused !== undefined) return { skipped: `refused: ${refused}` };
    const moved = results.reduce((sum, flow) => sum + flow.bytes, 0);
    const value = (moved * 1e3) / end / (row.mode === 'per_flow_mean' ? flows.length : 1);
    return { value, text: `${transfers} copies of ${COPY} B on each flow` };
  }, doublingsFor(row.flows.length));
