import type { System } from '../system/system.ts';
import { type Picoseconds, picoseconds } from '../units.ts';
import { fluidDemand, sharedBy } from './fluid-demand.ts';
import { maxMinFair } from './max-min-fair.ts';
import type { TransferSpec } from './transfer-spec.ts';

/** A flow with all the bytes that it moves, whatever its transfer size. */
export interface FluidFlow {
  readonly spec: TransferSpec;
  readonly bytes: number;
}

/**
 * When each flow ends if all begin together and share anew whenever one has ended; null for a flow that has no way. Source:
 * measurements/open.json, `_schema.scoring` (fluid baseline, protocol).
 */
export function fluidEnds(system: System, flows: readonly FluidFlow[]): readonly (Picoseconds | null)[] {
  const ends: (Picoseconds | null)[] = flows.map(() => null);
  let running = flows.flatMap(({ spec, bytes }, index) => {
    const demand = fluidDemand(system, spec);
    return 'reason' in demand ? [] : [{ index, demand, left: bytes }];
  });
  for (let now = 0; running.length > 0; ) {
    const rates = maxMinFair(sharedBy(running.map(({ demand }) => demand)));
    const needs = running.map(({ left }, i) => (left * 1e12) / (rates[i] ?? 0));
    const step = Math.min(...needs);
    now += step;
    for (const [i, { index }] of running.entries())
      if (needs[i] === step) ends[index] = picoseconds(Math.round(now));
    running = running
      .map((flow, i) => ({ ...flow, left: flow.left - ((rates[i] ?? 0) * step) / 1e12 }))
      .filter((_, i) => needs[i] !== step);
  }
  return ends;
}
