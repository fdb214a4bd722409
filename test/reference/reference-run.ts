import type { RunPlan } from '../../src/dma/run-plan.ts';
import { Agenda } from './agenda.ts';
import { DmaEngine } from './dma-engine.ts';
import { Flow } from './flow.ts';
import { Invalidations } from './invalidations.ts';
import { Machine } from './machine.ts';
import { inOrder, type RunLog } from './run-log.ts';

/**
 * Runs a plan in the plain form: every end of a transmission, arrival and return is an event of its own. An instant takes
 * its returns, then its arrivals, then the copies that can start, then one grant; and so again until nothing is left of it.
 * Throws Error where flows have transfers left when nothing happens any more.
 */
export function referenceRun({ fabric, flows: plans, engines: enginePlans }: RunPlan, seed: string): RunLog {
  const agenda = new Agenda();
  const machine = new Machine(fabric, agenda, seed);
  const around = { endpoints: fabric.endpoints, ports: machine.ports, agenda, seed };
  const flows = plans.map((plan, number) => new Flow(number, plan, seed, agenda));
  const engines = enginePlans.map((plan) => {
    const own = flows.filter((flow) => flow.plan.initiator === plan.endpoint);
    return new DmaEngine(plan, own, around);
  });
  const engineOf = ({ plan: { initiator } }: Flow) =>
    engines[enginePlans.findIndex(({ endpoint }) => endpoint === initiator)] as DmaEngine;
  for (const flow of flows) flow.begin();
  new Invalidations(flows, engineOf, around).begin();
  while (agenda.advance()) {
    do {
      agenda.settle();
      for (const engine of engines) engine.startCopies();
    } while (machine.grantOne());
  }
  const unfinished = flows.find(({ plan, latencies }) => latencies.length < plan.transfers);
  if (unfinished)
    throw new Error(`nothing happens any more, but flow ${unfinished.plan.id} has transfers left`);
  return {
    lines: inOrder(machine.log),
    flows: flows.map(({ bytes, firstIssue, latencies }) => ({
      bytes,
      firstIssue,
      latencies: latencies.toSorted((a, b) => a - b),
    })),
  };
}
