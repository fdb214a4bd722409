import { PAGE } from '../dma/pages/page-map.ts';
import type { PagesClient, ServedRequest } from '../dma/pages/pages-client.ts';
import { poolFlow } from '../dma/pages/pages-flows.ts';
import type { PagesLife } from '../dma/pages/pages-software.ts';
import type { PagesClientSpec } from '../dma/pages/pages-spec.ts';
import type { PlannedFlows } from '../dma/plan-flows.ts';
import { mean, quantile } from '../observe/statistics.ts';
import type { PagesClientResult, PagesResult, RemovalResult, ServedResult } from './pages-result.ts';

interface Run {
  readonly planned: PlannedFlows;
  /** End of the run in ps. */
  readonly end: number;
}

function servedResult(served: readonly ServedRequest[]): ServedResult {
  const sorted = Float64Array.from(served, ({ wished, ended }) => (ended - wished) / 1e3).toSorted();
  const latency = { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), mean: mean(sorted) };
  return { requests: served.length, latency_ns: served.length > 0 ? latency : null };
}

/** Payload over the time from the first wish to the last end. */
function goodput(size: number, served: readonly ServedRequest[]): number | null {
  if (served.length === 0) return null;
  const first = served.reduce((least, { wished }) => Math.min(least, wished), Number.POSITIVE_INFINITY);
  const last = served.reduce((most, { ended }) => Math.max(most, ended), 0);
  return (size * served.length * 1e3) / (last - first);
}

function clientResult(spec: PagesClientSpec, client: PagesClient, { planned }: Run): PagesClientResult {
  const { served, refused } = client;
  const [pool, system] = (['pool', 'system'] as const).map((kind) =>
    served.filter(({ from }) => from === kind),
  );
  const { id, device, op, size } = spec;
  return {
    id,
    device,
    op,
    pool: servedResult(pool ?? []),
    system: servedResult(system ?? []),
    all: servedResult(served),
    fallback_share: served.length > 0 ? (system ?? []).length / served.length : null,
    refused_requests: refused,
    bytes: size * served.length,
    goodput_GBps: goodput(size, served),
    refused: planned.refused.find((flow) => flow.spec.id === poolFlow(spec))?.reason ?? null,
  };
}

function removalResults({ provider, removals }: PagesLife): readonly RemovalResult[] {
  return removals.map(({ from, to, references, afterMappings }) => ({
    from_ps: from,
    to_ps: to,
    references,
    references_after_mappings: afterMappings,
    references_left: provider.references,
    waited_ns: to === null ? null : (to - from) / 1e3,
  }));
}

/** What the clients of peer memory with pages got from it, how full it was, and how long its unbind took. */
export function pagesResults(lives: readonly PagesLife[], run: Run): readonly PagesResult[] {
  return lives.map((life) => ({
    id: life.spec.id,
    provider: life.spec.provider,
    state: life.provider.state,
    pool_bytes: life.provider.size,
    high_water_bytes: life.provider.use.highWater * PAGE,
    mean_bytes: life.provider.use.mean(run.end) * PAGE,
    operations: life.provider.trace.count,
    clients: life.clients.map((client, i) =>
      clientResult(life.spec.clients[i] as PagesClientSpec, client, run),
    ),
    removals: removalResults(life),
  }));
}
