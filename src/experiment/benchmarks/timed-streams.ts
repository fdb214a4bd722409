import { formatBytes } from '../../units.ts';
import { copySize, doublingsFor } from './equal-bytes.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf, scaledUp } from './scaled.ts';
import { valueOf } from './steady-rate.ts';
import { workloadFlows } from './workload-flows.ts';

/** One stream of equal copies on each flow, all at once, each timed on its own from its first issue to its last arrival. Tool: p2pmark's probe. */
export const timedStreams: Protocol = (workload, context) =>
  scaledUp(context, doublingsFor(workload.flows.length), (factor) => {
    const { system, runner, profile, seed } = context;
    const size = copySize(workload);
    const transfers = 4 * factor;
    const flows = workloadFlows(workload, { size, transfers, depth: 2 });
    const run = runner.run({ system, profile, flows, seed, until: null });
    const rates = run.flows.slice(0, workload.flows.length).map(({ goodput_GBps: rate }) => rate ?? 0);
    const value = valueOf(workload, rates);
    return refusalOf(run) ?? { value, run, text: `${transfers} copies of ${formatBytes(size)} on each flow` };
  });
