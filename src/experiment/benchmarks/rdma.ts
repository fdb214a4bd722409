import type { Outcome, Protocol } from './protocol.ts';
import { steadyRate } from './steady-rate.ts';
import type { Workload } from './workload.ts';

/**
 * Large messages between two hosts with the same tree: the sender's NIC reads, the receiver's NIC writes; of a workload that has
 * only the sender's side the slower of the two counts. Tools: perftest, and libraries that move large messages.
 */
export const rdma: Protocol = (workload, context): Outcome => {
  const { system } = context;
  const [flow] = workload.flows;
  if (flow === undefined) return { skipped: 'there is no flow' };
  const isNic = (id: string): boolean => {
    const node = system.nodes[id];
    return node?.kind === 'endpoint' && node.deviceKind === 'nic';
  };
  const { from, to } = flow;
  const among = (flows: Workload['flows']): Outcome => steadyRate({ ...workload, flows }, context);
  if (workload.flows.length > 1 || !isNic(to)) {
    return among(workload.flows.map((each) => ({ ...each, op: isNic(each.from) ? 'write' : 'read' })));
  }
  const sends = among([{ from, to, op: 'read' }]);
  const receives = among([{ from: to, to: from, op: 'write' }]);
  if ('skipped' in sends || 'skipped' in receives) return 'skipped' in sends ? sends : receives;
  return sends.value < receives.value ? sends : receives;
};
