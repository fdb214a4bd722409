import { bytes, formatBytes } from '../../units.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf, scaledUp } from './scaled.ts';
import { workloadFlows } from './workload-flows.ts';

const FIRST_TRANSFERS = 100;
const DOUBLINGS = 5;

/** The smallest transfer of the tool. */
const SMALL = 8;

/**
 * Reads of host memory one after the other within a window; the value is the median time in ns from the wish to the last
 * completion, the adapter's own ways to and from the link included. A posted write has no end that its adapter sees, and is
 * skipped. Throws RangeError for ends that the machine does not have. Source: pcie-bench (SIGCOMM 2018), LAT_DMA_RD.
 */
export const pcieBenchLatency: Protocol = (workload, context) =>
  scaledUp(context, DOUBLINGS, (factor) => {
    const { system, runner, profile, seed } = context;
    if (workload.flows.some(({ op }) => op !== 'read'))
      return { skipped: 'an adapter does not see a posted write end' };
    const transfers = FIRST_TRANSFERS * factor;
    const { window: region, cached } = workload;
    const size = workload.size ?? bytes(SMALL);
    const load = { depth: workload.depth ?? 1, region, access: workload.access ?? 'sequential', cached };
    const flows = workloadFlows(workload, { size, transfers, ...load });
    const run = runner.run({ system, profile, flows, seed, until: null });
    const median = run.flows[0]?.latency_ns?.p50;
    if (median === undefined) return refusalOf(run) ?? { skipped: 'nothing arrived' };
    return { value: median, run, text: `the median of ${transfers} reads of ${formatBytes(size)}` };
  });
