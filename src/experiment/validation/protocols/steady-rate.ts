import { bytes, picoseconds } from '../../../units.ts';
import { cappedRates } from '../device-caps.ts';
import type { MeasuredRow } from '../measured-row.ts';
import type { Protocol } from '../prediction.ts';
import { rowFlows } from './row-flows.ts';
import { scaledUp } from './scaled.ts';

/** Back-to-back copies of large buffers; shorter ones are alike once a copy takes longer than its latency. */
const LARGE = 2 ** 20;
const FIRST = picoseconds(100e6);
const DOUBLINGS = 5;

/** Of the flows that count, all together or the mean. */
export function valueOf({ mode }: MeasuredRow, rates: readonly number[]): number {
  const sum = rates.reduce((all, rate) => all + rate, 0);
  return mode === 'per_flow_mean' ? sum / rates.length : sum;
}

/**
 * All flows go on for the whole time, each with so many transfers under way as the row says, or two, which is back to back; rates
 * are of what has arrived. Tools: bandwidthTest, nvbandwidth, the one-way matrix of p2pBandwidthLatencyTest, fio and their kin.
 */
export const steadyRate: Protocol = (row, system, { runner, profile, seed, caps }) =>
  scaledUp((factor) => {
    const size = bytes(Math.min(row.transfer_bytes ?? LARGE, LARGE));
    const depth = row.queue_depth ?? (size < LARGE ? 64 : 2);
    const until = picoseconds(FIRST * factor);
    const flows = rowFlows(row, { size, depth });
    const { flows: results } = runner.run({ system, profile, flows, seed, until });
    const refused = results.find((flow) => flow.refused !== undefined)?.refused;
    if (refused !== undefined) return { skipped: `refused: ${refused}` };
    const counted = results.slice(0, row.flows.length).map(({ goodput_GBps: rate }) => rate ?? 0);
    const text = `${size} B a copy for ${until / 1e6} us`;
    return { value: valueOf(row, cappedRates(row.flows, counted, caps)), text };
  }, DOUBLINGS);
