import { type FlowSpec, rolesOf } from '../dma/flow-spec.ts';
import type { Recorder } from '../engine/probe.ts';
import type { DeliveryFact } from '../fabric/facts.ts';

/** When the last data of each flow arrived, in ps; flows by number, none of them refused. */
export class LastArrivals implements Recorder<DeliveryFact> {
  readonly times: number[] = [];

  add({ flow, time }: DeliveryFact): void {
    this.times[flow] = Math.max(this.times[flow] ?? 0, time);
  }
}

/** The devices that issue a set of flows, each with the numbers of its flows. */
export function flowsByDevice(flows: readonly FlowSpec[]): ReadonlyMap<string, readonly number[]> {
  const devices = new Map<string, number[]>();
  for (const [i, flow] of flows.entries()) {
    const { initiator } = rolesOf(flow);
    devices.set(initiator, [...(devices.get(initiator) ?? []), i]);
  }
  return devices;
}

/**
 * The sum over the devices of all bytes that a device moves by the time of the slowest of its flows, in GB/s: what an
 * all-to-all benchmark counts. A flow's time is that from its start to its last arrival. Flows have numbers of transfers.
 */
export function rateBySlowest(flows: readonly FlowSpec[], { times }: LastArrivals): number {
  let rate = 0;
  for (const own of flowsByDevice(flows).values()) {
    const moved = own.map((i) => (flows[i]?.size ?? 0) * (flows[i]?.transfers ?? 0));
    const took = own.map((i) => (times[i] ?? Infinity) - (flows[i]?.start ?? 0));
    rate += (moved.reduce((sum, bytes) => sum + bytes, 0) / Math.max(...took)) * 1e3;
  }
  return rate;
}
