import { equalChunk } from '../dma/staging/equal-chunk.ts';
import type { StagingSpec } from '../dma/staging/staging-spec.ts';
import { USUAL_STAGING } from '../dma/staging/usual-staging.ts';
import { socketOf } from '../system/ancestry.ts';
import type { DocumentPath } from '../system/model-error.ts';
import type { System } from '../system/system.ts';
import { type Bytes, formatBytes, picoseconds } from '../units.ts';
import { EndCheck } from './end-check.ts';
import { endsOf } from './ends-of.ts';
import { flowIds } from './flow-ids.ts';
import type { Scenario } from './parse-scenario.ts';
import type { FlowEntry } from './scenario-schema.ts';

interface Names {
  readonly scenario: Scenario;
  readonly system: System;
  readonly check: EndCheck;
}

/** What a staged flow's entry names: both devices, and the memory between them. */
function endsOfStaged(
  { system, check }: Names,
  entry: FlowEntry,
  path: DocumentPath,
): { readonly from: string; readonly to: string; readonly via: string } {
  const [from, to] = [endsOf(entry.from, [...path, 'from']), endsOf(entry.to, [...path, 'to'])];
  for (const end of [...from, ...to]) check.known(end);
  check.staged(from);
  check.staged(to);
  check.distinct(from, to);
  const [source, destination] = [from[0]?.id ?? '', to[0]?.id ?? ''];
  const via = entry.via === 'mem' ? `mem:${socketOf(system, source).id}` : (entry.via ?? '');
  check.known({ id: via, path: [...path, 'via'] });
  return { from: source, to: destination, via };
}

function chunkOf({ scenario }: Names, { size, staging }: FlowEntry, path: DocumentPath): Bytes {
  const limit = staging?.size ?? USUAL_STAGING.size;
  const chunk = equalChunk(size, limit);
  if (chunk !== null) return chunk;
  throw scenario.problem([...path, 'size'], {
    expected: `a size that is cut into equal chunks, each as large as a staging buffer (${formatBytes(limit)}) or not much smaller`,
    got: `${size} B`,
    remedy:
      'take a multiple of the size of a buffer, or give the flow staging: { size: ... } that divides it',
  });
}

/** What the scenario leaves open, for the notes of the result. */
function assumptions(
  id: string,
  { via, staging }: FlowEntry,
  ends: { from: string; via: string },
): readonly string[] {
  const buffers = staging?.buffers ?? USUAL_STAGING.buffers;
  const size = formatBytes(staging?.size ?? USUAL_STAGING.size);
  const whole = staging?.buffers !== undefined && staging.size !== undefined;
  return [
    ...(whole
      ? []
      : [
          `${id} is staged by ${buffers} buffers of ${size}, which is assumed; staging: { buffers: 4, size: 1 MiB } of the flow would change it.`,
        ]),
    ...(via === 'mem' ? [`${id} is staged through ${ends.via}, the memory of ${ends.from}'s socket.`] : []),
  ];
}

/**
 * The staged flows of a scenario, those with `via`. Unless they say otherwise they have two buffers of 512 KiB, and loads as
 * other flows have. Throws ModelError for names that are not of the system and sizes that are no equal chunks.
 */
export function scenarioStaged(scenario: Scenario, system: System): readonly StagingSpec[] {
  const names = { scenario, system, check: new EndCheck(scenario, system) };
  const ids = flowIds(scenario);
  const timed = scenario.entry.until?.time !== undefined;
  return scenario.entry.flows.flatMap((entry, i): readonly StagingSpec[] => {
    if (entry.via === undefined) return [];
    const ends = endsOfStaged(names, entry, ['flows', i]);
    const { size, staging, depth = 1 } = entry;
    const id = ids[i] as string;
    return [
      {
        id,
        ...ends,
        size,
        chunk: chunkOf(names, entry, ['flows', i]),
        buffers: staging?.buffers ?? USUAL_STAGING.buffers,
        transfers: entry.transfers ?? (timed ? null : depth),
        depth,
        start: entry.start ?? picoseconds(0),
        cached: entry.cached ?? false,
        relaxedOrdering: entry.relaxed_ordering ?? false,
        idBasedOrdering: entry.id_based_ordering ?? false,
        assumed: assumptions(id, entry, ends),
      },
    ];
  });
}
