import type { PlannedFlows } from '../dma/plan-flows.ts';
import { edgeFlows } from '../dma/ring/ring-flows.ts';
import { RingSoftware } from '../dma/ring/ring-software.ts';
import type { RingSpec } from '../dma/ring/ring-spec.ts';

/** What drives a run's rings, those of which every edge has a way; null where there are none. */
export function ringSoftware(rings: readonly RingSpec[], { accepted }: PlannedFlows): RingSoftware | null {
  const ids = new Set(accepted.map(({ spec }) => spec.id));
  const possible = rings.filter((spec) => edgeFlows(spec).every((id) => ids.has(id)));
  return possible.length === 0 ? null : new RingSoftware(possible);
}
