import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ringSlices } from '../../../src/dma/ring/ring-slices.ts';
import { Runner } from '../../../src/experiment/runner.ts';
import { ringOf, runRings, SliceRecorder } from '../../support/measured-ring.ts';
import { withPorts } from '../../support/measured-system.ts';
import { type RandomRing, randomRing } from '../../support/random-ring.ts';

// without shrinking, which takes minutes with machines as large as these
const RUNS = { numRuns: 80, seed: 20_261_201, endOnFailure: true };

/** Steps of an iteration's slices, from the slices of its rounds. */
const stepsOf = (devices: number, rounds: readonly number[]): readonly number[] =>
  rounds.flatMap((slices) =>
    Array.from({ length: 2 * (devices - 1) }, (_, step) => Array<number>(slices).fill(step)).flat(),
  );

/** Times of one edge's slices by step, in order of time. */
function byStep(times: readonly number[], steps: readonly number[]): readonly (readonly number[])[] {
  const all: number[][] = [];
  for (const [i, time] of times.entries()) {
    const step = steps[i % steps.length] as number;
    const own = all[step] ?? [];
    all[step] = own;
    own.push(time);
  }
  return all;
}

interface Recorded extends RandomRing {
  readonly edges: readonly ReturnType<SliceRecorder['of']>[];
}

function recorded(random: RandomRing): Recorded {
  const recorder = new SliceRecorder();
  const { system, ring, seed } = random;
  runRings(system, [ring], { recorder, seed });
  return { ...random, edges: ring.devices.map((_, edge) => recorder.of(edge)) };
}

const before = <T>(items: readonly T[], i: number): T => items[(i + items.length - 1) % items.length] as T;

/** A slice of step k+1 goes when as many of step k have come as have gone of step k+1 with it. */
function checkData({ ring: { devices }, edges }: Recorded, steps: readonly number[]): void {
  const sent = edges.map((slices) =>
    byStep(
      slices.map(({ issued }) => issued),
      steps,
    ),
  );
  const came = edges.map((slices) =>
    byStep(
      slices.map(({ ended }) => ended).toSorted((a, b) => a - b),
      steps,
    ),
  );
  for (const [i] of devices.entries()) {
    for (const [step, times] of (sent[i] ?? []).entries()) {
      if (step === 0) continue;
      const received = before(came, i)[step - 1] ?? [];
      expect(received).toHaveLength(times.length);
      for (const [n, time] of times.entries()) expect(time).toBeGreaterThanOrEqual(received[n] as number);
    }
  }
}

/**
 * A slice goes when the one that had its slot has begun to go on, or has gone on where others read it, or, in the last step, has
 * come.
 */
function checkSlots({ ring: { devices, slots, op }, edges }: Recorded, rounds: readonly number[]): void {
  const steps = 2 * (devices.length - 1);
  const sizes = rounds.flatMap((slices) => Array<number>(slices * steps).fill(slices));
  const labels = stepsOf(devices.length, rounds);
  for (const [i, slices] of edges.entries()) {
    const next = edges[(i + 1) % edges.length] ?? [];
    for (const [n, { issued }] of slices.entries()) {
      const old = n - slots;
      if (Math.floor(old / labels.length) < Math.floor(n / labels.length)) continue;
      const consumed = labels[old % labels.length] === steps - 1;
      const onward = next[old + (sizes[old % labels.length] as number)];
      const free = consumed ? slices[old]?.ended : onward?.[op === 'write' ? 'issued' : 'ended'];
      expect(issued).toBeGreaterThanOrEqual(free ?? Number.NaN);
    }
  }
}

describe('rings over any machine', () => {
  test('never send on what has not come', () => {
    fc.assert(
      fc.property(randomRing, (random) => {
        const { rounds } = ringSlices(random.ring);
        checkData(recorded(random), stepsOf(random.ring.devices.length, rounds));
      }),
      RUNS,
    );
  });

  test('never send into a slot that is not free', () => {
    fc.assert(
      fc.property(randomRing, ({ system, ...random }) => {
        // a slice that is on its way may start later, behind DLLPs
        const silent = withPorts(system, { skp: 0, dllp: { kind: 'per-tlp', count: 0 } });
        checkSlots(recorded({ ...random, system: silent }), ringSlices(random.ring).rounds);
      }),
      RUNS,
    );
  });

  test('end, with every byte moved by every device', () => {
    fc.assert(
      fc.property(randomRing, ({ system, ring, seed }) => {
        const { slice, turns } = ringSlices(ring);
        const result = runRings(system, [ring], { seed });
        const all = slice * turns.length * ring.iterations;
        expect(result.flows.map(({ bytes }) => bytes)).toEqual(ring.devices.map(() => all));
        expect(ringOf(result)).toMatchObject({ iterations: ring.iterations, refused: null });
        for (const { limitedBy } of result.flows)
          expect(limitedBy.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      }),
      RUNS,
    );
  });

  test('say the same for the same seed, with and without recorders', () => {
    fc.assert(
      fc.property(randomRing, ({ system, ring, seed }) => {
        const first = runRings(system, [ring], { seed });
        expect(runRings(system, [ring], { seed, recorder: new SliceRecorder() })).toEqual(first);
        expect(runRings(system, [ring], { seed, runner: new Runner() })).toEqual(first);
      }),
      { ...RUNS, numRuns: 40 },
    );
  });
});
