import type { AcceptedFlow } from '../dma/plan-flows.ts';
import { outFlow } from '../dma/staging/staging-flows.ts';
import type { StagingSpec } from '../dma/staging/staging-spec.ts';

/** The flows of a run as a timeline names them: what a staged flow delivers, by its second DMA, under the staged flow's own id. */
export function stagedSeries(
  staged: readonly StagingSpec[],
  accepted: readonly AcceptedFlow[],
): readonly AcceptedFlow[] {
  const names = new Map(staged.map(({ id }) => [outFlow(id), id]));
  return accepted.map((flow) => {
    const id = names.get(flow.spec.id);
    return id === undefined ? flow : { ...flow, spec: { ...flow.spec, id, driven: false } };
  });
}
