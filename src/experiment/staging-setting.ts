import type { PlannedFlows } from '../dma/plan-flows.ts';
import type { StagingLatencies } from '../dma/staging/staged-flow.ts';
import { inFlow, outFlow } from '../dma/staging/staging-flows.ts';
import { StagingSoftware } from '../dma/staging/staging-software.ts';
import type { StagingSpec } from '../dma/staging/staging-spec.ts';
import { socketOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';

/** How long the host takes to be told of the end of a DMA: the number of each device's CPU. */
export const stagingLatencies = (
  system: System,
  { from, to }: { readonly from: string; readonly to: string },
): StagingLatencies => ({
  in: socketOf(system, from).part.kernel.interruptLatency,
  out: socketOf(system, to).part.kernel.interruptLatency,
});

/** The drivers of a run's staged flows, as far as both DMAs have a way; null where there are none. */
export function stagingSoftware(
  system: System,
  staged: readonly StagingSpec[],
  { accepted }: PlannedFlows,
): StagingSoftware | null {
  const ids = new Set(accepted.map(({ spec }) => spec.id));
  const possible = staged.filter(({ id }) => ids.has(inFlow(id)) && ids.has(outFlow(id)));
  if (possible.length === 0) return null;
  return new StagingSoftware({ staged: possible, latencies: (spec) => stagingLatencies(system, spec) });
}
