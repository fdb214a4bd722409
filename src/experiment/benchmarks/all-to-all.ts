import { formatBytes } from '../../units.ts';
import { LastArrivals, rateBySlowest } from '../compare-rate.ts';
import { copySize, doublingsFor } from './equal-bytes.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf, scaledUp } from './scaled.ts';
import { workloadFlows } from './workload-flows.ts';

/**
 * Every device has one stream of equal copies to each peer, all queued before the start; the value is the sum over the devices of
 * their bytes by the time of their slowest stream. Tool: p2pmark's all-to-all, which makes 100 copies on each stream.
 */
export const allToAll: Protocol = (workload, context) =>
  scaledUp(context, doublingsFor(workload.flows.length), (factor) => {
    const { system, runner, profile, seed } = context;
    const size = copySize(workload);
    const transfers = 4 * factor;
    const flows = workloadFlows(workload, { size, transfers, depth: 1 });
    const arrivals = new LastArrivals();
    const recorders = { deliveries: [arrivals] };
    const run = runner.run({ system, profile, flows, seed, until: null, recorders });
    const value = rateBySlowest(flows, arrivals);
    return (
      refusalOf(run) ?? { value, run, text: `${transfers} copies of ${formatBytes(size)} on each stream` }
    );
  });
