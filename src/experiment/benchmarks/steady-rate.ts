import { bytes, formatBytes, picoseconds } from '../../units.ts';
import { cappedRates } from './device-caps.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf, scaledUp } from './scaled.ts';
import { workloadFlows } from './workload-flows.ts';
import type { Workload } from './workload.ts';

/** Back-to-back copies of large buffers; shorter ones are alike once a copy takes longer than its latency. */
const LARGE = 2 ** 20;
const FIRST = picoseconds(100e6);
const DOUBLINGS = 5;

/** Of the flows that count, all together or the mean. */
export function valueOf({ value }: Pick<Workload, 'value'>, rates: readonly number[]): number {
  const sum = rates.reduce((all, rate) => all + rate, 0);
  return value === 'mean' ? sum / rates.length : sum;
}

/**
 * All flows go on for the whole time, each with so many transfers under way as the workload says, or two, which is back to back;
 * rates are of what has arrived, and at most what media and networks give. Tools: bandwidthTest, nvbandwidth, the one-way matrix
 * of p2pBandwidthLatencyTest, fio and their kin.
 */
export const steadyRate: Protocol = (workload, context) =>
  scaledUp(context, DOUBLINGS, (factor) => {
    const { system, runner, profile, seed } = context;
    const size = bytes(Math.min(workload.size ?? LARGE, LARGE));
    const depth = workload.depth ?? (size < LARGE ? 64 : 2);
    const until = picoseconds(FIRST * factor);
    const flows = workloadFlows(workload, { size, depth });
    const run = runner.run({ system, profile, flows, seed, until });
    const counted = run.flows.slice(0, workload.flows.length).map(({ goodput_GBps: rate }) => rate ?? 0);
    const value = valueOf(workload, cappedRates(workload.flows, counted, system));
    return refusalOf(run) ?? { value, run, text: `${formatBytes(size)} a copy for ${until / 1e6} us` };
  });
