import type { ImporterLatencies } from '../dma/life/importer-work.ts';
import { LifeSoftware } from '../dma/life/life-software.ts';
import type { BufferSpec } from '../dma/life/life-spec.ts';
import type { PlannedFlows } from '../dma/plan-flows.ts';
import { deviceOf } from '../routing/ends.ts';
import { socketOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';

function latenciesOf(system: System, device: string): ImporterLatencies {
  const { faultLatency, fillLatency, zapLatency } = deviceOf(system, device).part.table;
  const { mapLatency, unmapLatency } = socketOf(system, device).part.kernel;
  return {
    map: mapLatency,
    unmap: unmapLatency,
    fault: faultLatency,
    fill: fillLatency,
    zap: zapLatency,
  };
}

/** The drivers of a run's shared buffers, with the numbers of the parts; null where there are none. */
export function lifeSoftware(
  system: System,
  buffers: readonly BufferSpec[],
  { accepted }: PlannedFlows,
): LifeSoftware | null {
  if (buffers.length === 0) return null;
  return new LifeSoftware({
    buffers,
    accepted: new Map(accepted.map((flow) => [flow.spec.id, flow])),
    latencies: (device) => latenciesOf(system, device),
  });
}
