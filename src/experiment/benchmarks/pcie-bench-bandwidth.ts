import type { Recorder } from '../../engine/probe.ts';
import type { DeliveryFact } from '../../fabric/facts.ts';
import { bytes, formatBytes, type Picoseconds, picoseconds } from '../../units.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf, scaledUp } from './scaled.ts';
import { valueOf } from './steady-rate.ts';
import { workloadFlows } from './workload-flows.ts';

/** More than the tags of any adapter, so that the adapter's own limits bind. */
const MANY = 1024;
const FIRST = picoseconds(40e6);
const DOUBLINGS = 6;
const LARGE = 2048;

/** Counts what arrives of each flow in the second half of a run, when the IOTLB and the way are as they stay. */
class SecondHalf implements Recorder<DeliveryFact> {
  private readonly counted: number[];
  private readonly until: Picoseconds;

  constructor(flows: number, until: Picoseconds) {
    this.counted = Array.from({ length: flows }, () => 0);
    this.until = until;
  }

  add({ flow, time, payload }: DeliveryFact): void {
    if (time <= this.until / 2 || time > this.until) return;
    this.counted[flow] = (this.counted[flow] as number) + payload;
  }

  rates_GBps(): readonly number[] {
    return this.counted.map((payload) => (payload * 1e3) / (this.until / 2));
  }
}

/**
 * Aligned transfers of one size at random or one after the other within a window of host memory, as many under way as the
 * adapter can; the value is the payload rate in GB/s once the IOTLB is filled. A window that the host has touched before is
 * answered from its last-level cache, however large it is. Throws RangeError for ends that the machine does not have. Source:
 * pcie-bench (SIGCOMM 2018), BW_DMA_RD, BW_DMA_WR and BW_DMA_RW.
 */
export const pcieBenchBandwidth: Protocol = (workload, context) =>
  scaledUp(context, DOUBLINGS, (factor) => {
    const { system, runner, profile, seed } = context;
    const until = picoseconds(FIRST * factor);
    const { window: region, cached } = workload;
    const size = workload.size ?? bytes(LARGE);
    const load = { depth: workload.depth ?? MANY, region, access: workload.access ?? 'random', cached };
    const flows = workloadFlows(workload, { size, ...load });
    const half = new SecondHalf(flows.length, until);
    const recorders = { deliveries: [half] };
    const run = runner.run({ system, profile, flows, seed, until, recorders });
    const value = valueOf(workload, half.rates_GBps().slice(0, workload.flows.length));
    const text = `transfers of ${formatBytes(size)} for ${until / 1e6} us, of which the second half counts`;
    return refusalOf(run) ?? { value, run, text };
  });
