import { type OrderingClass, passing } from '../pcie/ordering.ts';
import type { FlowPlan } from './flow-plan.ts';

const REQUESTS: Readonly<Record<FlowPlan['op'], OrderingClass>> = {
  write: 'posted',
  read: 'read',
  atomic: 'nonposted-with-data',
};

/** By flow, as 0 or 1: whether its requests, and its completions, may pass any posted write, and those of other sources. */
export class OrderFlags {
  requestsRelaxed = new Uint8Array(0);
  completionsRelaxed = new Uint8Array(0);
  requestsIdBased = new Uint8Array(0);
  completionsIdBased = new Uint8Array(0);

  reset(flows: readonly FlowPlan[]): void {
    const flags = (mayPass: (plan: FlowPlan) => boolean) =>
      Uint8Array.from(flows, (plan) => (mayPass(plan) ? 1 : 0));
    this.requestsRelaxed = flags((plan) => passesAny(plan, REQUESTS[plan.op]));
    this.completionsRelaxed = flags((plan) => passesAny(plan, 'completion'));
    this.requestsIdBased = flags((plan) => passesOthers(plan, REQUESTS[plan.op]));
    this.completionsIdBased = flags((plan) => passesOthers(plan, 'completion'));
  }
}

const passesAny = ({ relaxedOrdering }: FlowPlan, kind: OrderingClass): boolean =>
  passing(kind, 'posted', { relaxedOrdering }) === 'may';

const passesOthers = ({ idBasedOrdering }: FlowPlan, kind: OrderingClass): boolean =>
  passing(kind, 'posted', { idBasedOrdering, differentSource: true }) === 'may';
