import { describe, expect, test } from 'vitest';
import type { Recorder } from '../../src/engine/probe.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import {
  apart,
  boundedBy,
  expectNear,
  flowOf,
  runStaged,
  staging,
  stagingTime,
  timeOf,
} from '../support/measured-staging.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/** Follows how many bytes are in memory: arrived there, and not yet of a chunk that has been read whole. */
class MemoryRecorder implements Recorder<DeliveryFact> {
  readonly facts: { readonly time: number; readonly flow: number; readonly payload: number }[] = [];

  add({ time, flow: number, payload }: DeliveryFact): void {
    this.facts.push({ time, flow: number, payload });
  }

  bytesOf(number: number): number {
    return this.facts.filter((fact) => fact.flow === number).reduce((sum, { payload }) => sum + payload, 0);
  }

  /** Reads count when a chunk is whole. */
  mostIn(chunk: number): number {
    let [written, read, most] = [0, 0, 0];
    for (const { flow: number, payload } of this.facts.toSorted((a, b) => a.time - b.time)) {
      if (number === 0) written += payload;
      else read += payload;
      most = Math.max(most, written - Math.floor(read / chunk) * chunk);
    }
    return most;
  }
}

const latency = (interrupt: string): Numbers => ({ kernel: { interrupt_latency: interrupt } });
const slowSource = measuredSystem({
  cpu: latency('1 us'),
  below: [device('a', 'gen3x4'), device('b', 'gen4x16')],
});
const slowDestination = measuredSystem({
  cpu: latency('1 us'),
  below: [device('a', 'gen4x16'), device('b', 'gen3x4', { dma: { copies_in_flight: 1 } })],
});
const belowOneSwitch = measuredSystem({
  cpu: latency('500 ns'),
  below: [pcieSwitch('sw', 'gen4x8', [device('a', 'gen4x16'), device('b', 'gen4x16')])],
});

const SYSTEMS = [
  ['apart', apart()],
  ['with a slow source', slowSource],
  ['with a slow destination', slowDestination],
  ['below one switch', belowOneSwitch],
  ['with translated addresses', { ...apart(), iommu: { ...apart().iommu, mode: 'translate' as const } }],
] as const satisfies readonly (readonly [string, System])[];

const LOADS = [1, 2, 5, 32].flatMap((buffers) =>
  (
    [
      { depth: 1, transfers: 1 },
      { depth: 1, transfers: 6 },
      { depth: 3, transfers: 9 },
    ] as const
  ).map((load) => staging({ buffers, size: bytes(3 << 16), ...load })),
);

describe.each(SYSTEMS)('devices %s, staged', (_, system) => {
  test('move every byte through memory once, at most as many chunks at a time as there are buffers', () => {
    for (const staged of LOADS) {
      const recorder = new MemoryRecorder();
      const result = runStaged(system, [staged], { recorder });
      const all = staged.size * (staged.transfers ?? Number.NaN);
      expect([recorder.bytesOf(0), recorder.bytesOf(1)]).toEqual([all, all]);
      expect(result.flows.map((each) => each.bytes)).toEqual([all, all, all]);
      const most = recorder.mostIn(staged.chunk) / staged.chunk;
      expect(most).toBeGreaterThan(0.99);
      expect(most).toBeLessThanOrEqual(staged.buffers);
    }
  });

  test('are never faster than the bound', () => {
    for (const staged of LOADS) {
      const chunks = (staged.size / staged.chunk) * (staged.transfers ?? Number.NaN);
      const least = stagingTime(boundedBy(system, staged), chunks);
      expect(timeOf(runStaged(system, [staged]))).toBeGreaterThanOrEqual(least * (1 - 1e-12));
    }
  });

  test('come near the bound in the long run', () => {
    if (system.iommu.mode === 'translate') return;
    const long = staging({ buffers: 4, transfers: 12, depth: 2 });
    const bound = boundedBy(system, long).rate / 1e9;
    expectNear(flowOf(runStaged(system, [long])).goodput_GBps ?? Number.NaN, bound, 0.1);
  });
});
