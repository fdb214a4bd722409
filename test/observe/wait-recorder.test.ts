import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulator } from '../../src/dma/simulator.ts';
import type { WaitFact } from '../../src/fabric/facts.ts';
import { FlowRecorder } from '../../src/observe/flow-recorder.ts';
import { WaitRecorder, type WaitShare } from '../../src/observe/wait-recorder.ts';
import { readScenario } from '../fabric/goldens/scenario.ts';

const GOLDENS = new URL('../fabric/goldens/', import.meta.url);
const HEAD_OF_LINE = 100;

/** A TLP in a queue: so long after the one before it is ready, so long it stands as head, so long its start takes. */
interface Stay {
  readonly gap: number;
  readonly head: number;
  readonly lag: number;
  readonly resource: number;
}

/** What an in-order queue states of its TLPs, the older first: the wait behind other heads, then as head. */
function queueFacts(flow: number, stage: number, stays: readonly Stay[]): readonly WaitFact[] {
  let [ready, granted] = [0, 0];
  return stays.flatMap(({ gap, head, lag, resource }) => {
    ready += gap;
    const since = Math.max(ready, granted);
    granted = since + head;
    const facts = [
      { flow, stage, from: ready, to: since, resource: HEAD_OF_LINE + stage },
      { flow, stage, from: since, to: granted + lag, resource },
    ];
    return facts.filter(({ from, to }) => from < to);
  });
}

const stay = fc.record({
  gap: fc.nat(6),
  head: fc.nat(6),
  lag: fc.constantFrom(0, 0, 1, 3),
  resource: fc.nat(3),
});
const queues = fc.tuple(
  ...[0, 1, 2, 32].map((stage) =>
    fc.array(stay, { maxLength: 6 }).map((stays) => queueFacts(0, stage, stays)),
  ),
);

/** Each picosecond charged to the TLP that waits furthest on, within a stage to the one that stated its wait first. */
function chargedOneByOne(facts: readonly WaitFact[], from: number, to: number): readonly WaitShare[] {
  const charged = new Map<number, number>();
  for (let time = from; time < to; time++) {
    const waiting = facts.filter((fact) => fact.from <= time && time < fact.to);
    const furthest = Math.max(...waiting.map(({ stage }) => stage));
    const oldest = waiting.find(({ stage }) => stage === furthest);
    if (oldest) charged.set(oldest.resource, (charged.get(oldest.resource) ?? 0) + 1);
  }
  return [...charged]
    .map(([resource, time]) => ({ resource, share: time / (to - from) }))
    .sort((a, b) => b.share - a.share || a.resource - b.resource);
}

function recorded(facts: readonly WaitFact[], flows = 1): WaitRecorder {
  const recorder = new WaitRecorder(flows);
  for (const fact of facts) recorder.add(fact);
  return recorder;
}

const wait = (stage: number, [from, to]: readonly [number, number], resource: number): WaitFact => ({
  flow: 0,
  stage,
  from,
  to,
  resource,
});

describe('at each instant the oldest TLP of a flow that waits is charged', () => {
  test('as picosecond by picosecond, for random queues', () => {
    const window = fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(queues, window, fc.boolean(), (stages, [from, span], reversed) => {
        const facts = (reversed ? stages.toReversed() : stages).flat();
        const shares = recorded(facts).shares(0, from, from + span);
        expect(shares).toEqual(chargedOneByOne(facts, from, from + span));
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  test('so of two TLPs of one stage the younger counts from where the older one has gone', () => {
    const recorder = recorded([wait(1, [10, 30], 7), wait(1, [20, 50], 8), wait(1, [40, 50], 9)]);
    expect(recorder.shares(0, 0, 100)).toEqual([
      { resource: 7, share: 0.2 },
      { resource: 8, share: 0.2 },
    ]);
  });

  test('so a wait further on hides the whole middle of one further back', () => {
    const recorder = recorded([wait(0, [0, 100], 7), wait(2, [30, 50], 8), wait(32, [45, 60], 9)]);
    expect(recorder.shares(0, 0, 100)).toEqual([
      { resource: 7, share: 0.7 },
      { resource: 8, share: 0.15 },
      { resource: 9, share: 0.15 },
    ]);
  });

  test('and flows are charged apart', () => {
    const recorder = recorded([{ ...wait(0, [0, 10], 7), flow: 1 }, wait(5, [0, 5], 8)], 3);
    expect(recorder.shares(0, 0, 10)).toEqual([{ resource: 8, share: 0.5 }]);
    expect(recorder.shares(1, 0, 10)).toEqual([{ resource: 7, share: 1 }]);
    expect(recorder.shares(2, 0, 10)).toEqual([]);
  });
});

/** Time from `from` to `to` in which at least one of the facts holds. */
function covered(facts: readonly WaitFact[], from: number, to: number): number {
  let [sum, end] = [0, from];
  for (const fact of facts.toSorted((a, b) => a.from - b.from)) {
    const until = Math.min(fact.to, to);
    if (until > end) sum += until - Math.max(fact.from, end);
    end = Math.max(end, until);
  }
  return sum;
}

const scenarios = readdirSync(GOLDENS).filter((file) => file.endsWith('.yaml'));
const simulator = new Simulator();

test.each(scenarios)('in the run %s each flow is charged for as long as one of its TLPs waits', (file) => {
  const { plan, seed } = readScenario(readFileSync(new URL(file, GOLDENS), 'utf8'));
  const facts: WaitFact[] = [];
  const [flows, waits] = [new FlowRecorder(plan.flows.length), new WaitRecorder(plan.flows.length)];
  const all = { add: (fact: WaitFact) => void facts.push({ ...fact }) };
  simulator.run(plan, { seed, recorders: { deliveries: [flows], waits: [waits, all] } });
  for (const flow of plan.flows.keys()) {
    const { firstIssue: from, lastArrival: to } = flows.summary(flow);
    const own = facts.filter((fact) => fact.flow === flow);
    const charged = waits.shares(flow, from, to).reduce((sum, { share }) => sum + share, 0);
    expect(charged).toBeCloseTo(covered(own, from, to) / (to - from), 9);
  }
});
