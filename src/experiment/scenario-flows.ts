import type { FlowSpec } from '../dma/flow-spec.ts';
import type { DocumentPath } from '../system/model-error.ts';
import type { System } from '../system/system.ts';
import { picoseconds } from '../units.ts';
import { type End, EndCheck } from './end-check.ts';
import { endsOf } from './ends-of.ts';
import { flowIds } from './flow-ids.ts';
import type { Scenario } from './parse-scenario.ts';
import type { FlowEntry } from './scenario-schema.ts';

const ids = (ends: readonly End[]): readonly string[] => ends.map(({ id }) => id);

/** Invalidations have a time from one to the next. */
function checkInvalidations(
  scenario: Scenario,
  { invalidate_every: every }: FlowEntry,
  path: DocumentPath,
): void {
  if (every !== 0) return;
  const remedy = 'write it like "20 us", or leave it away';
  throw scenario.problem([...path, 'invalidate_every'], { expected: 'a time above 0', remedy });
}

function flowOf(entry: FlowEntry, path: DocumentPath, check: EndCheck): Omit<FlowSpec, 'id' | 'transfers'> {
  const { op = 'write' } = entry;
  const [from, to] = [endsOf(entry.from, [...path, 'from']), endsOf(entry.to, [...path, 'to'])];
  for (const end of [...from, ...to]) check.known(end);
  check.initiator(op === 'read' ? to : from, op);
  check.distinct(from, to);
  return {
    from: ids(from),
    to: ids(to),
    op,
    size: entry.size,
    region: entry.region ?? null,
    access: entry.access ?? 'sequential',
    cached: entry.cached ?? false,
    depth: entry.depth ?? 1,
    rate: entry.rate ?? null,
    asksKernel: true,
    driven: false,
    spread: entry.spread ?? 'transfer',
    start: entry.start ?? picoseconds(0),
    invalidateEvery: entry.invalidate_every ?? null,
    relaxedOrdering: entry.relaxed_ordering ?? false,
    idBasedOrdering: entry.id_based_ordering ?? false,
  };
}

/**
 * The flows of a scenario, without the staged ones. Unless they say otherwise they write, one transfer at a time, and make as many transfers as are under
 * way at a time (`depth`), or in a run that ends at a time, as many as that allows. Throws ModelError for ends that are not of
 * the system or cannot do what is asked.
 */
export function scenarioFlows(scenario: Scenario, system: System): readonly FlowSpec[] {
  const check = new EndCheck(scenario, system);
  const names = flowIds(scenario);
  const timed = scenario.entry.until?.time !== undefined;
  return scenario.entry.flows.flatMap((entry, i) => {
    if (entry.via !== undefined) return [];
    checkInvalidations(scenario, entry, ['flows', i]);
    const flow = flowOf(entry, ['flows', i], check);
    return { ...flow, id: names[i] as string, transfers: entry.transfers ?? (timed ? null : flow.depth) };
  });
}
