import { PagesSoftware } from '../dma/pages/pages-software.ts';
import type { PagesSpec } from '../dma/pages/pages-spec.ts';
import type { PlannedFlows } from '../dma/plan-flows.ts';
import { providerMemory } from '../policy/provider-memory.ts';
import { nodeOf } from '../system/ancestry.ts';
import type { Bar, System } from '../system/system.ts';

/** The BARs of a provider's device; where they are not stated, one that is as large as the pool. */
function memory(
  system: System,
  { provider, pool }: PagesSpec,
): { readonly bars: readonly Bar[]; readonly bar: number } {
  const node = nodeOf(system, provider);
  const stated = 'bars' in node ? node.bars : null;
  if (stated === null) return { bars: [{ kind: 'memory', size: pool, address: null }], bar: 0 };
  return { bars: stated, bar: providerMemory(system, provider).bar ?? 0 };
}

/** The drivers of a run's peer memory with pages; null where there is none. */
export function pagesSoftware(
  { system, seed }: { readonly system: System; readonly seed: string },
  providers: readonly PagesSpec[],
  { accepted }: PlannedFlows,
): PagesSoftware | null {
  if (providers.length === 0) return null;
  const ids = new Set(accepted.map(({ spec }) => spec.id));
  return new PagesSoftware({
    providers,
    seed,
    accepts: (flow) => ids.has(flow),
    memory: (spec) => memory(system, spec),
  });
}
