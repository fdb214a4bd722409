import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunPlan } from '../../src/dma/run-plan.ts';
import { Simulator } from '../../src/dma/simulator.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { type OrderingClass, passing } from '../../src/pcie/ordering.ts';
import { type Crossing, CrossingRecorder } from '../support/crossings.ts';
import { randomRun } from '../support/random-run.ts';

const RUNS = { seed: 20261125, numRuns: 300 };
const simulator = new Simulator();

/** TLPs stay whole, so that they can be followed. */
const withoutRecut = (plan: RunPlan): RunPlan => {
  const outputs = plan.fabric.outputs.map((output) => ({ ...output, recut: 0 }));
  return { ...plan, fabric: { ...plan.fabric, outputs } };
};

const CLASSES = ['posted', 'read', 'completion'] as const;

function kindOf({ flows }: RunPlan, { class: kind, flow }: Crossing): OrderingClass {
  return kind === 1 && flows[flow]?.op === 'atomic'
    ? 'nonposted-with-data'
    : (CLASSES[kind] as OrderingClass);
}

/** Who made it: the initiator, or a completer, of which a flow may have several; a message of ATS comes from either side. */
function sourceOf({ flows }: RunPlan, { class: kind, flow, serial }: Crossing): number | null {
  const plan = flows[flow];
  if (kind === 0 && serial < 0) return null;
  if (kind < 2) return plan?.initiator ?? null;
  return plan?.destinations.length === 1 ? (plan.destinations[0]?.completer ?? null) : null;
}

/** Whether the later must not pass the earlier by the table, for what is known of them. */
function mustStayBehind(plan: RunPlan, later: Crossing, earlier: Crossing): boolean {
  const [source, other] = [sourceOf(plan, later), sourceOf(plan, earlier)];
  const flow = plan.flows[later.flow];
  return (
    passing(kindOf(plan, later), kindOf(plan, earlier), {
      relaxedOrdering: flow?.relaxedOrdering ?? false,
      idBasedOrdering: flow?.idBasedOrdering ?? false,
      differentSource: source === null || other === null || source !== other,
      sameTransaction: later.flow === earlier.flow && later.serial === earlier.serial,
    }) === 'must-not'
  );
}

/** The first pair that left a port in a wrong order. */
function violation(plan: RunPlan, port: number, crossings: readonly Crossing[]): string | null {
  const order = plan.fabric.ports[port]?.order;
  for (const [i, first] of crossings.entries()) {
    for (const second of crossings.slice(i + 1)) {
      if (second.arrived > first.arrived || order === 'none') continue;
      if (order === 'egress' && first.output !== second.output) continue;
      if (mustStayBehind(plan, first, second)) return JSON.stringify({ port, first, second });
    }
  }
  return null;
}

/** Pieces of each read request in the order in which they arrived. */
class Pieces implements Recorder<DeliveryFact> {
  readonly byRequest = new Map<string, [time: number, piece: number][]>();

  add({ class: kind, flow, serial, piece, time }: DeliveryFact): void {
    if (kind !== 2) return;
    const key = `${flow} ${serial}`;
    this.byRequest.set(key, [...(this.byRequest.get(key) ?? []), [time, piece]]);
  }
}

describe('under random traffic on random machines', () => {
  test('nothing overtakes at a port what it must not pass', () => {
    let overtakings = 0;
    fc.assert(
      fc.property(randomRun, ({ plan: whole, seed }) => {
        const plan = withoutRecut(whole);
        const recorder = new CrossingRecorder(plan.fabric);
        simulator.run(plan, { seed, recorders: { passages: [recorder] } });
        for (const [port, crossings] of recorder.ports()) {
          overtakings += crossings.filter(
            ({ arrived }, i) => arrived < (crossings[i - 1]?.arrived ?? 0),
          ).length;
          expect(violation(plan, port, crossings)).toBeNull();
        }
      }),
      RUNS,
    );
    // else the property would be empty
    expect(overtakings).toBeGreaterThan(100);
  });

  test('completions of one request arrive in order, each once', () => {
    fc.assert(
      fc.property(randomRun, ({ plan, seed }) => {
        const pieces = new Pieces();
        simulator.run(plan, { seed, recorders: { deliveries: [pieces] } });
        for (const arrivals of pieces.byRequest.values()) {
          const inTime = arrivals.toSorted(([a], [b]) => a - b).map(([, piece]) => piece);
          expect(inTime).toEqual(inTime.toSorted((a, b) => a - b));
          expect(new Set(inTime).size).toBe(inTime.length);
        }
      }),
      RUNS,
    );
  });
});
