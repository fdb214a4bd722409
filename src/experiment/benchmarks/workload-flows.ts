import { type FlowRequest, type FlowSpec, flowSpec } from '../../dma/flow-spec.ts';
import type { Bytes } from '../../units.ts';
import type { Workload } from './workload.ts';

/** What all flows of a run have alike. */
export type Load = Pick<FlowRequest, 'transfers' | 'depth' | 'region' | 'access' | 'cached'> & {
  readonly size: Bytes;
};

/**
 * The flows of a workload, those that count first, with the load that its protocol gives them. Their ids are numbers, as random
 * draws go by id and no value may depend on what a device is called.
 */
export function workloadFlows(workload: Workload, load: Load): readonly FlowSpec[] {
  const { flows, background, relaxedOrdering, asksKernel } = workload;
  return [...flows, ...background].map(({ from, to, op }, i) =>
    flowSpec({ id: `${i}`, from: [from], to: [to], op, relaxedOrdering, asksKernel, ...load }),
  );
}
