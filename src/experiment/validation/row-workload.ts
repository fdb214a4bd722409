import { bytes } from '../../units.ts';
import type { Workload, WorkloadFlow } from '../benchmarks/workload.ts';
import { isMemory, operationOf } from './measured-operation.ts';
import type { Ends, MeasuredOp, MeasuredRow } from './measured-row.ts';

const size = (value: number | null) => (value === null ? null : bytes(value));

function flowOf(op: MeasuredOp, ends: Ends): readonly WorkloadFlow[] {
  const [from, to] = ends;
  // a NIC that sends or receives issues the requests, which the benchmark knows
  const operation = op === 'rdma' ? 'write' : operationOf(op, ends);
  return operation === null ? [] : [{ from, to, op: operation }];
}

/**
 * What the benchmark of a row was told. What was measured has run, so that no kernel is asked: most of these tools use drivers
 * that do not ask it either.
 */
export const rowWorkload = (row: MeasuredRow): Workload => ({
  flows: row.flows.flatMap((ends) => flowOf(row.op, ends)),
  background: (row.background_flows ?? []).flatMap((ends) =>
    flowOf(ends.some(isMemory) ? 'copy' : row.op, ends),
  ),
  value: row.mode === 'per_flow_mean' ? 'mean' : 'sum',
  size: size(row.transfer_bytes),
  window: size(row.window_bytes),
  access: row.access,
  cached: row.cache === 'warm',
  depth: row.queue_depth,
  relaxedOrdering: row.relaxed_ordering === 'on',
  asksKernel: false,
});
