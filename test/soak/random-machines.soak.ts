import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Simulator } from '../../src/dma/simulator.ts';
import { fastRun } from '../reference/fast-run.ts';
import { referenceRun } from '../reference/reference-run.ts';
import { difference } from '../reference/run-log.ts';
import { randomRun } from '../support/random-run.ts';

const simulator = new Simulator();

test('10 000 random machines and loads run to their end: no credits deadlock', () => {
  fc.assert(
    // a run that gets stuck throws StuckError
    fc.property(randomRun, ({ plan, seed }) => simulator.run(plan, { seed }).tlps > 0),
    { seed: 1, numRuns: 10_000 },
  );
});

test('3 000 random machines run delivery by delivery as in the plain reference form', () => {
  fc.assert(
    fc.property(randomRun, ({ plan, seed }) => {
      expect(difference(fastRun(plan, seed, { simulator }), referenceRun(plan, seed))).toBeNull();
    }),
    { seed: 2, numRuns: 3000 },
  );
});
