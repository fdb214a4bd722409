import { type Bytes, bytes, formatBytes } from '../../units.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf, scaledUp } from './scaled.ts';
import { workloadFlows } from './workload-flows.ts';
import type { Workload } from './workload.ts';

/** Stands for larger copies as well, which are made of the same packets. */
const COPY = 2 ** 18;

/** Size of one copy of a queue of copies. */
export const copySize = ({ size }: Workload): Bytes => bytes(Math.min(size ?? COPY, COPY));

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
export const equalBytes: Protocol = (workload, context) =>
  scaledUp(context, doublingsFor(workload.flows.length), (factor) => {
    const { system, runner, profile, seed } = context;
    const size = copySize(workload);
    const transfers = FIRST_COPIES * factor;
    const flows = workloadFlows(workload, { size, transfers, depth: Math.min(2, transfers) });
    const run = runner.run({ system, profile, flows, seed, until: null });
    const moved = run.flows.reduce((sum, flow) => sum + flow.bytes, 0);
    const value = (moved * 1e3) / run.end_ps / (workload.value === 'mean' ? flows.length : 1);
    return refusalOf(run) ?? { value, run, text: `${transfers} copies of ${formatBytes(size)} on each flow` };
  });
