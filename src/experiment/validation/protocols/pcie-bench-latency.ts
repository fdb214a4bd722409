import { bytes } from '../../../units.ts';
import type { Protocol } from '../prediction.ts';
import { rowFlows } from './row-flows.ts';
import { scaledUp } from './scaled.ts';

const FIRST_TRANSFERS = 100;
const DOUBLINGS = 5;

/** The smallest transfer of the tool. */
const SMALL = 8;

/**
 * Reads of host memory one after the other within a window; the value is the median time in ns from the wish to the last
 * completion, the adapter's own ways to and from the link included. A posted write has no end that its adapter sees, and is
 * skipped. Throws RangeError for ends that the machine does not have. Source: pcie-bench (SIGCOMM 2018), LAT_DMA_RD.
 */
export const pcieBenchLatency: Protocol = (row, system, { runner, profile, seed }) =>
  scaledUp((factor) => {
    const transfers = FIRST_TRANSFERS * factor;
    const size = bytes(row.transfer_bytes ?? SMALL);
    const flows = rowFlows(row, {
      size,
      transfers,
      depth: row.queue_depth ?? 1,
      region: row.window_bytes === null ? null : bytes(row.window_bytes),
      access: row.access ?? 'sequential',
      cached: row.cache === 'warm',
    });
    if (flows.some(({ op }) => op !== 'read'))
      return { skipped: 'an adapter does not see a posted write end' };
    const [flow] = runner.run({ system, profile, flows, seed, until: null }).flows;
    if (flow?.refused !== undefined) return { skipped: `refused: ${flow.refused}` };
    const median = flow?.latency_ns?.p50;
    if (median === undefined) return { skipped: 'nothing arrived' };
    return { value: median, text: `the median of ${transfers} reads of ${size} B` };
  }, DOUBLINGS);
