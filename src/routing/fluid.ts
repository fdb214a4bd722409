import type { System } from '../system/system.ts';
import { type BytesPerSecond, bytesPerSecond } from '../units.ts';
import { fluidDemand, sharedBy } from './fluid-demand.ts';
import { maxMinFair } from './max-min-fair.ts';
import type { TransferSpec } from './transfer-spec.ts';

/**
 * The fluid baseline: rates of flows as if data were a fluid that shares links and caps max-min fairly, with the headers of
 * full packets and nothing else: no queues, credits, tags, SKP or DLLPs. Null for a flow that has no way. What the
 * simulation must beat. Source: measurements/open.json, `_schema.scoring` (fluid baseline).
 */
export function fluidRates(
  system: System,
  specs: readonly TransferSpec[],
): readonly (BytesPerSecond | null)[] {
  const demands = specs.map((spec) => fluidDemand(system, spec));
  const possible = demands.filter((demand) => 'uses' in demand);
  const rates = maxMinFair(sharedBy(possible));
  return demands.map((demand) => {
    if ('reason' in demand) return null;
    return bytesPerSecond(rates[possible.indexOf(demand)] ?? 0);
  });
}
