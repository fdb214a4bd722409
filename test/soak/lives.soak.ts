import { expect, test } from 'vitest';
import { Runner } from '../../src/experiment/runner.ts';
import { randomLife } from '../support/random-life.ts';

/** Operations that long lives do between them, at least. */
const OPERATIONS = 100_000;
const LONG_STEPS = 4000;
const SHORT_LIVES = 1000;
const SHORT_STEPS = 12;

/** Operations of a life, each of which kept the invariants of its buffer; in the error is the seed of one that did not. */
function operationsOf(seed: string, steps: number): number {
  try {
    const { buffers = [] } = new Runner().run(randomLife(seed, steps));
    return buffers.reduce((sum, { operations }) => sum + operations, 0);
  } catch (error) {
    throw new Error(`random life with the seed "${seed}" and ${steps} steps`, { cause: error });
  }
}

test('long lives of shared buffers keep all invariants through a hundred thousand operations', () => {
  let done = 0;
  for (let seed = 0; done < OPERATIONS; seed++) done += operationsOf(`long ${seed}`, LONG_STEPS);
  expect(done).toBeGreaterThanOrEqual(OPERATIONS);
});

test('many short lives of shared buffers keep all invariants to the end', () => {
  const lives = Array.from({ length: SHORT_LIVES }, (_, seed) => operationsOf(`short ${seed}`, SHORT_STEPS));
  expect(lives.reduce((sum, operations) => sum + operations, 0)).toBeGreaterThan(20 * SHORT_LIVES);
});
