import { describe, expect, test } from 'vitest';
import type { Recorder } from '../../src/engine/probe.ts';
import { flowSpec } from '../../src/dma/flow-spec.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { halfWidth95, mean } from '../../src/observe/statistics.ts';
import { bytes, bytesPerSecond } from '../../src/units.ts';
import { device, measuredSystem } from '../support/measured-system.ts';

/*
 * One link fed by Poisson arrivals of equal TLPs is an M/D/1 queue: the mean wait is load x service / (2 (1 - load))
 * (Pollaczek-Khinchine; Kleinrock, Queueing Systems, volume 1, section 5.6).
 */
const PAYLOAD = 256;
const SERVICE_PS = Math.round((PAYLOAD + 24) / 0.0630153846154);
const BATCHES = 20;

const runner = new Runner();
const profile = loadKernelProfile();
const system = measuredSystem({ below: [device('near', 'gen5x16')] });

/** Mean waits of equal batches of arrivals, the first of which is left away: the queue begins empty. */
class Waits implements Recorder<DeliveryFact> {
  private readonly sums = new Float64Array(BATCHES + 1);
  private readonly perBatch: number;
  private arrivals = 0;

  constructor(arrivals: number) {
    this.perBatch = arrivals / (BATCHES + 1);
  }

  add({ time, wished }: DeliveryFact): void {
    const batch = Math.floor(this.arrivals++ / this.perBatch);
    this.sums[batch] = (this.sums[batch] as number) + (time - wished - SERVICE_PS);
  }

  means(): readonly number[] {
    return [...this.sums.subarray(1)].map((sum) => sum / this.perBatch);
  }
}

function waits(load: number, arrivals: number, seed: string): readonly number[] {
  const recorder = new Waits(arrivals);
  const rate = bytesPerSecond((PAYLOAD * 1e12 * load) / SERVICE_PS);
  const flow = flowSpec({ from: ['near'], to: ['mem:s0'], size: bytes(PAYLOAD), transfers: arrivals, rate });
  runner.run({ system, profile, flows: [flow], seed, until: null, recorders: { deliveries: [recorder] } });
  return recorder.means();
}

const expected = (load: number): number => (load * SERVICE_PS) / (2 * (1 - load));

describe('a link fed by Poisson arrivals', () => {
  test.each([0.3, 0.6, 0.9])(
    'at load %f has the mean wait of Pollaczek and Khinchine within 2 %%',
    (load) => {
      // the first of 21 batches does not count, so that 10^7 do
      const means = waits(load, 10_500_000, 'm-d-1');
      process.stdout.write(`load ${load}: mean wait ${mean(means)} ps, expected ${expected(load)} ps\n`);
      expect(Math.abs(mean(means) / expected(load) - 1)).toBeLessThan(0.02);
    },
  );

  test('has 95 % intervals of which at least 93 % cover that wait, over 400 seeds', () => {
    const load = 0.6;
    const covering = Array.from({ length: 400 }, (_, seed) => {
      const means = waits(load, 105_000, `seed ${seed}`);
      return Math.abs(mean(means) - expected(load)) <= halfWidth95(means);
    }).filter(Boolean).length;
    process.stdout.write(`${covering} of 400 intervals cover the expected wait\n`);
    expect(covering / 400).toBeGreaterThanOrEqual(0.93);
  });
});
