import { describe, expect, test } from 'vitest';
import { DeliveryFact } from '../../src/fabric/facts.ts';
import { FlowRecorder } from '../../src/observe/flow-recorder.ts';

const delivery = (changes: Partial<DeliveryFact>): DeliveryFact =>
  Object.assign(new DeliveryFact(), { payload: 256 }, changes);

describe('a flow', () => {
  test('has its goodput from its first issue to its last arrival, and latencies of its transfers from the wish', () => {
    const recorder = new FlowRecorder(2);
    recorder.add(delivery({ flow: 1, issued: 9_000, time: 30_000, wished: 1_000 }));
    recorder.add(
      delivery({ flow: 1, issued: 5_000, time: 21_000, wished: 4_000, last: true, ended: 21_000 }),
    );
    recorder.add(
      delivery({ flow: 1, issued: 9_000, time: 25_000, wished: 1_000, last: true, ended: 30_000 }),
    );
    expect(recorder.summary(1)).toEqual({
      bytes: 768,
      tlps: 3,
      transfers: 2,
      firstIssue: 5_000,
      lastArrival: 30_000,
      goodput: (768 * 1e12) / 25_000,
      goodputHalfWidth: NaN,
      latency: { p50: 17_000, p99: 29_000, mean: 23_000 },
    });
  });

  test('has the median and 99th percentile of its transfers, in whatever order they end', () => {
    const recorder = new FlowRecorder(1);
    for (let i = 0; i < 200; i++) {
      recorder.add(delivery({ time: 1000, last: true, wished: 0, ended: ((i * 77) % 200) + 1 }));
    }
    expect(recorder.summary(0).latency).toEqual({ p50: 100, p99: 198, mean: 100.5 });
  });

  test('that delivered nothing has no goodput and no latency', () => {
    const { bytes, goodput, latency } = new FlowRecorder(1).summary(0);
    expect({ bytes, goodput, latency }).toEqual({
      bytes: 0,
      goodput: NaN,
      latency: { p50: NaN, p99: NaN, mean: NaN },
    });
  });

  test('with a TLP of 256 B each 8887 ps delivers 28.8 GB/s with an interval of no width', () => {
    const recorder = new FlowRecorder(1);
    for (let i = 0; i < 1000; i++) recorder.add(delivery({ issued: 0, time: (i + 1) * 8887 }));
    const { goodput, goodputHalfWidth } = recorder.summary(0);
    expect(goodput / 1e9).toBeCloseTo(256e3 / 8887, 9);
    expect(goodputHalfWidth / 1e9).toBeCloseTo(0, 9);
  });
});
