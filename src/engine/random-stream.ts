import seedrandom from 'seedrandom';
import { logarithm } from './logarithm.ts';

/**
 * One component's own stream of random numbers: seedrandom's `tychei` seeded with `${seed}/${component}`, so that a
 * component more or less shifts nobody else's draws.
 */
export class RandomStream {
  private readonly draw: () => number;

  constructor(seed: string, component: string) {
    this.draw = seedrandom.tychei(`${seed}/${component}`);
  }

  /** A whole number from 0 to below `count`, all alike. */
  below(count: number): number {
    return Math.floor(this.draw() * count);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.draw() < probability;
  }

  /** Exponentially distributed with this mean: the gap between arrivals of a Poisson process. */
  exponential(mean: number): number {
    return -logarithm(1 - this.draw()) * mean;
  }
}
