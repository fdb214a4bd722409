import { type FlowRequest, type FlowSpec, flowSpec } from '../../../dma/flow-spec.ts';
import type { Operation } from '../../../routing/transfer-spec.ts';
import type { Bytes } from '../../../units.ts';
import type { Ends, MeasuredOp, MeasuredRow } from '../measured-row.ts';

const isMemory = (end: string): boolean => end.startsWith('mem:');

/** A device reads what starts in memory, and writes what ends there. */
const byMemory = ([from]: Ends): Operation => (isMemory(from) ? 'read' : 'write');

/** Who issues the requests of a flow: with `write` its source, with `read` its destination. Null: nothing that is simulated. */
export function operationOf(op: MeasuredOp, ends: Ends): Operation | null {
  switch (op) {
    case 'write':
    case 'copy':
      return ends.some(isMemory) ? byMemory(ends) : 'write';
    case 'read':
      return 'read';
    case 'host_to_device':
    case 'device_to_host':
    case 'host_both_ways':
      return byMemory(ends);
    case 'storage_read':
      return 'write';
    case 'storage_write':
      return 'read';
    case 'rdma':
    case 'staged_copy':
    case 'all_reduce':
    case 'scaling_knee':
    case 'map_type':
    case 'distance':
    case 'peer_write':
    case 'peer_read':
      return null;
  }
}

/** What all flows of a run have alike. */
export type Load = Pick<FlowRequest, 'transfers' | 'depth' | 'region' | 'access' | 'cached'> & {
  readonly size: Bytes;
};

/**
 * The flows of a row, those that count first, with the load that its protocol gives them. What was measured has run, so that no
 * kernel is asked: most of these tools use drivers that do not ask it either.
 */
export function rowFlows(row: MeasuredRow, load: Load): readonly FlowSpec[] {
  const all = [...row.flows, ...(row.background_flows ?? [])];
  return all.flatMap((ends, i) => {
    const op = operationOf(row.op, ends);
    if (op === null) return [];
    const [from, to] = ends;
    const relaxedOrdering = row.relaxed_ordering === 'on';
    return [
      flowSpec({ id: `${i}`, from: [from], to: [to], op, relaxedOrdering, asksKernel: false, ...load }),
    ];
  });
}
