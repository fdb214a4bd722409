import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FlowSpec, flowSpec } from '../../src/dma/flow-spec.ts';
import { type AcceptedFlow, planFlows } from '../../src/dma/plan-flows.ts';
import { runPlan } from '../../src/dma/run-plan.ts';
import { Simulator } from '../../src/dma/simulator.ts';
import { assemble } from '../../src/fabric/assemble.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { listSystems, loadSystem } from '../../src/node/load-system.ts';
import { boundOf } from '../../src/routing/bound.ts';
import { boundTime } from '../../src/routing/bound-time.ts';
import { type BoundedFlow, boundOfFlows } from '../../src/routing/flows-bound.ts';
import { endpoints } from '../../src/system/ancestry.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { spread } from '../support/random-topology.ts';
import { randomNumbers } from '../support/random-numbers.ts';

const KERNEL = loadKernel('linux-7.3');
const SIMULATOR = new Simulator();

/** First issue and last arrival of each flow. */
class Spans {
  readonly spans: { begin: number; end: number }[] = [];

  add({ flow, class: tlpClass, issued, time }: DeliveryFact): void {
    if (tlpClass === 1) return;
    const { begin, end } = this.spans[flow] ?? { begin: issued, end: time };
    this.spans[flow] = { begin: Math.min(begin, issued), end: Math.max(end, time) };
  }
}

function boundedFlow(system: System, { spec, destinations }: AcceptedFlow): BoundedFlow {
  const [first] = destinations;
  if (!first) throw new Error('a flow without ends');
  const result = boundOf(system, first.transfer);
  if (result.kind === 'none') throw new Error(result.reason);
  return { bound: result.bound, transfers: spec.transfers ?? 1 };
}

/** Runs the flows, and holds each of them and all together against their bounds. */
function expectNoneBelowItsBound(system: System, specs: readonly FlowSpec[]): void {
  const assembly = assemble(system);
  const { accepted, engines } = planFlows({ system, profile: KERNEL, assembly }, specs);
  if (accepted.length === 0) return;
  const spans = new Spans();
  const plan = runPlan(
    assembly.plan,
    accepted.map((flow) => flow.plan),
    engines,
  );
  SIMULATOR.run(plan, { seed: '1', recorders: { deliveries: [spans] } });
  const flows = accepted.map((flow) => boundedFlow(system, flow));
  for (const [i, { bound, transfers }] of flows.entries()) {
    const { begin, end } = spans.spans[i] ?? { begin: 0, end: 0 };
    expect(end - begin).toBeGreaterThanOrEqual(boundTime(bound, transfers));
  }
  const begin = Math.min(...spans.spans.map((span) => span.begin));
  const end = Math.max(...spans.spans.map((span) => span.end));
  expect(end - begin).toBeGreaterThanOrEqual(boundOfFlows(flows).time);
}

const machine = fc.constantFrom(...listSystems()).chain((name) => randomNumbers(loadSystem(name)));

const wish = fc.record({
  op: fc.constantFrom('write', 'read'),
  initiator: fc.nat(),
  target: fc.nat(),
  size: fc.constantFrom(64, 100, 4096, 5000, 16_384).map(bytes),
  transfers: fc.integer({ min: 1, max: 3 }),
  depth: fc.constantFrom(1, 4, 32),
  relaxedOrdering: fc.boolean(),
});

function flowSpecs(
  system: System,
  wishes: readonly (typeof wish extends fc.Arbitrary<infer W> ? W : never)[],
): FlowSpec[] {
  const devices = endpoints(system).map(({ id }) => id);
  const ends = [...devices, ...system.sockets.map(({ id }) => `mem:${id}`)];
  return wishes.flatMap(({ initiator, target, op, ...rest }, i) => {
    const [from, to] = [devices[initiator % devices.length] ?? '', ends[target % ends.length] ?? ''];
    if (from === to) return [];
    const roles = op === 'write' ? { from: [from], to: [to] } : { from: [to], to: [from] };
    return [flowSpec({ id: `f${i}`, op, ...roles, ...rest })];
  });
}

test('on 1000 random machines no flow is faster than its bound, nor are several at once', () => {
  const never = fc.property(machine, fc.array(wish, { minLength: 1, maxLength: 4 }), (system, wishes) => {
    expectNoneBelowItsBound(system, flowSpecs(system, wishes));
  });
  fc.assert(never, { seed: 20261122, numRuns: 1000 });
});

test.each(listSystems())('on %s an unhindered TLP takes as long as its bound says', (name) => {
  const system = loadSystem(name);
  const devices = endpoints(system).map(({ id }) => id);
  const pairs = devices.flatMap((from) => devices.flatMap((to) => (from === to ? [] : [{ from, to }])));
  for (const { from, to } of spread(pairs, 12)) {
    for (const op of ['write', 'read'] as const) {
      const one = {
        id: 'one',
        op,
        from: [from],
        to: [to],
        size: bytes(64),
        transfers: 1,
        depth: 1,
        rate: null,
      };
      const spec = flowSpec(one);
      const assembly = assemble(system);
      const { accepted, engines } = planFlows({ system, profile: KERNEL, assembly }, [spec]);
      const [flow] = accepted;
      if (!flow) continue;
      const spans = new Spans();
      SIMULATOR.run(runPlan(assembly.plan, [flow.plan], engines), {
        seed: '1',
        recorders: { deliveries: [spans] },
      });
      const { begin, end } = spans.spans[0] ?? { begin: 0, end: 0 };
      expect(end - begin).toBe(boundedFlow(system, flow).bound.latency);
    }
  }
});
