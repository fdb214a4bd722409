import type { Recorder } from '../engine/probe.ts';
import type { DeliveryFact } from '../fabric/facts.ts';

/** Bytes that each flow delivers in each interval of `width` ps: a time series, so that every cycle of a run is simulated. */
export class RateRecorder implements Recorder<DeliveryFact> {
  readonly width: number;
  private readonly bytes: number[][];

  constructor(flows: number, width: number) {
    this.width = width;
    this.bytes = Array.from({ length: flows }, () => []);
  }

  add({ flow, payload, time }: DeliveryFact): void {
    const own = this.bytes[flow] as number[];
    const interval = Math.floor(time / this.width);
    while (own.length <= interval) own.push(0);
    own[interval] = (own[interval] as number) + payload;
  }

  /** Bytes per second of some flows together, in each of the first `intervals` intervals. */
  rates(flows: readonly number[], intervals: number): readonly number[] {
    return Array.from({ length: intervals }, (_, i) => {
      const bytes = flows.reduce((sum, flow) => sum + (this.bytes[flow]?.[i] ?? 0), 0);
      return (bytes * 1e12) / this.width;
    });
  }
}
