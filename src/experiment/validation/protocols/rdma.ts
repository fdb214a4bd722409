import type { MeasuredRow } from '../measured-row.ts';
import type { Prediction, Protocol } from '../prediction.ts';
import { steadyRate } from './steady-rate.ts';

/**
 * Large messages between two hosts with the same tree: the sender's NIC reads, the receiver's NIC writes; of a row that has only
 * the sender's side the slower of the two counts. Tools: perftest, and libraries that move large messages.
 */
export const rdma: Protocol = (row, system, context): Prediction => {
  const alone = (of: MeasuredRow): Prediction => steadyRate(of, system, context);
  const [flow] = row.flows;
  if (flow === undefined) return { skipped: 'the row has no flow' };
  const isNic = (id: string): boolean => {
    const node = system.nodes[id];
    return node?.kind === 'endpoint' && node.deviceKind === 'nic';
  };
  const [from, to] = flow;
  const sends = alone({ ...row, op: 'read', flows: [[from, to]] });
  if (row.flows.length > 1 || !isNic(to)) {
    return alone({ ...row, op: isNic(from) ? 'write' : 'read' });
  }
  const receives = alone({ ...row, op: 'write', flows: [[to, from]] });
  if ('skipped' in sends || 'skipped' in receives) return 'skipped' in sends ? sends : receives;
  return Number(sends.value) < Number(receives.value) ? sends : receives;
};
