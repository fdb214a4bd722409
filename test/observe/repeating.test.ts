import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RepeatingRecorder } from '../../src/engine/probe.ts';
import type { DeliveryFact, GrantFact, WaitFact } from '../../src/fabric/facts.ts';
import { ChannelRecorder } from '../../src/observe/channel-recorder.ts';
import { FlowRecorder } from '../../src/observe/flow-recorder.ts';
import { OccupancyRecorder } from '../../src/observe/occupancy-recorder.ts';
import { WaitRecorder } from '../../src/observe/wait-recorder.ts';

const [FLOWS, OUTPUTS, PORTS] = [3, 3, 2];
/** All times of a cycle are below. */
const LONGEST = 400;

interface Recording<Fact, R extends RepeatingRecorder<Fact>> {
  readonly make: () => R;
  readonly fact: fc.Arbitrary<Fact>;
  readonly times: readonly (keyof Fact)[];
  /** What the recorder says, of facts up to a time. */
  readonly says: (recorder: R, end: number) => unknown;
}

interface Round<Fact> {
  readonly cycle: readonly Fact[];
  readonly delta: number;
  readonly times: number;
}

/** Adds facts as a component does: in one object, used again for each. */
function adder<Fact extends object>(recorder: RepeatingRecorder<Fact>, times: readonly (keyof Fact)[]) {
  const reused = {} as Fact;
  return (facts: readonly Fact[], shift: number) => {
    for (const fact of facts) {
      Object.assign(reused, fact);
      for (const time of times) reused[time] = ((fact[time] as number) + shift) as never;
      recorder.add(reused);
    }
  };
}

/** A run that is periodic in each round: the cycle has come once before the mark, so that it begins as it ends. */
function record<Fact extends object, R extends RepeatingRecorder<Fact>>(
  { make, times: fields, says }: Recording<Fact, R>,
  rounds: readonly Round<Fact>[],
  skipping: boolean,
): unknown {
  const recorder = make();
  const add = adder(recorder, fields);
  let start = 0;
  for (const { cycle, delta, times } of rounds) {
    add(cycle, start);
    recorder.mark();
    add(cycle, start + delta);
    if (skipping) recorder.repeat(delta, times);
    else for (let i = 1; i <= times; i++) add(cycle, start + (i + 1) * delta);
    start += (times + 1) * delta + LONGEST;
  }
  return says(recorder, start);
}

/** Random cycles, repeated, leave the recorder as it is when they are added one by one. */
function expectRepeats<Fact extends object, R extends RepeatingRecorder<Fact>>(
  recording: Recording<Fact, R>,
): void {
  const round = fc.record({
    cycle: fc.array(recording.fact, { maxLength: 8 }),
    delta: fc.integer({ min: 1, max: 300 }),
    times: fc.nat(4),
  });
  fc.assert(
    fc.property(fc.array(round, { minLength: 1, maxLength: 3 }), (rounds) => {
      expect(record(recording, rounds, true)).toEqual(record(recording, rounds, false));
    }),
    { seed: 20261122, numRuns: 300 },
  );
}

/** Points in time from `first` on, each so much after the one before. */
const points = <Name extends string>(first: number, ...names: readonly Name[]) =>
  fc.tuple(fc.nat(first), ...names.slice(1).map(() => fc.nat(60))).map((gaps) => {
    let time = 0;
    return Object.fromEntries(names.map((name, i) => [name, (time += gaps[i] as number)])) as Record<
      Name,
      number
    >;
  });

const delivery: fc.Arbitrary<DeliveryFact> = fc
  .tuple(
    points(100, 'wished', 'issued', 'time', 'ended'),
    fc.record({
      flow: fc.nat(FLOWS - 1),
      class: fc.constant(0),
      serial: fc.constant(0),
      piece: fc.constant(0),
      payload: fc.integer({ min: 1, max: 512 }),
      last: fc.boolean(),
    }),
  )
  .map(([times, rest]) => ({ ...times, ...rest }));

const grant: fc.Arbitrary<GrantFact> = fc
  .tuple(
    points(100, 'arrived', 'start', 'end'),
    fc.record({
      output: fc.nat(OUTPUTS - 1),
      port: fc.nat(PORTS - 1),
      class: fc.nat(2),
      payload: fc.nat(512),
      replays: fc.nat(2),
    }),
  )
  .map(([times, rest]) => ({ ...times, ...rest }));

const wait: fc.Arbitrary<WaitFact> = fc
  .tuple(
    points(200, 'from', 'to'),
    fc.record({
      flow: fc.nat(FLOWS - 1),
      stage: fc.constantFrom(0, 1, 2, 32),
      resource: fc.nat(3),
    }),
  )
  .map(([times, rest]) => ({ ...times, ...rest }));

const each = <T>(count: number, of: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => of(i));

test('a flow’s bytes, goodput and latencies are the same whether cycles are repeated or delivered one by one', () => {
  expectRepeats({
    make: () => new FlowRecorder(FLOWS),
    fact: delivery,
    times: ['time', 'issued', 'wished', 'ended'],
    says: (recorder) =>
      each(FLOWS, (flow) => {
        const { goodputHalfWidth: _, ...exact } = recorder.summary(flow);
        return exact;
      }),
  });
});

test('a channel’s busy time is the same whether cycles are repeated or granted one by one', () => {
  expectRepeats({
    make: () => new ChannelRecorder(OUTPUTS),
    fact: grant,
    times: ['arrived', 'start', 'end'],
    says: (recorder, end) =>
      each(OUTPUTS, (output) => each(40, (i) => recorder.busyUntil(output, (end * i) / 40))),
  });
});

test('a queue’s filling is the same whether cycles are repeated or granted one by one', () => {
  expectRepeats({
    make: () => new OccupancyRecorder(PORTS),
    fact: grant,
    times: ['arrived', 'start', 'end'],
    says: ({ stay, byteStay }) => [stay, byteStay],
  });
});

test('what a flow waited for is the same whether cycles are repeated or waited one by one', () => {
  expectRepeats({
    make: () => new WaitRecorder(FLOWS),
    fact: wait,
    times: ['from', 'to'],
    says: (recorder, end) =>
      each(FLOWS, (flow) => [recorder.shares(flow, 0, end), recorder.shares(flow, end - LONGEST, end - 100)]),
  });
});
