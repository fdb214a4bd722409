import { type OracleLine, type OracleParts, oracleSystem, profileOf } from '../import/kernel-oracle.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { MapType } from '../policy/map-type.ts';
import { VerdictCache } from '../policy/verdict-cache.ts';
import type { System } from '../system/system.ts';

export interface Disagreement {
  readonly file: string;
  readonly line: string;
  readonly provider: string;
  readonly client: string;
  /** Map type, or distance, of the kernel and ours. */
  readonly expected: MapType | number;
  readonly got: MapType | number;
}

/** How many verdicts of a running kernel ours agree with: plain data, the JSON of `npm run conformance`. */
export interface Conformance {
  readonly verdicts: number;
  readonly distances: number;
  /** Verdicts, with their distances, that are the same. */
  readonly agree: number;
  readonly disagree: readonly Disagreement[];
}

interface Context {
  readonly file: string;
  readonly parts: OracleParts;
  kernel(name: string): KernelProfile;
}

const MAP_TYPES: Readonly<Record<string, MapType>> = {
  B: 'BUS_ADDR',
  H: 'THRU_HOST_BRIDGE',
  X: 'NOT_SUPPORTED',
};

/** Compares the verdicts of all lines of a file with ours; lines of one sequence share a kernel's memory, by their steps. */
export function conformance(lines: readonly OracleLine[], context: Context): Conformance {
  const counts = { verdicts: 0, distances: 0, agree: 0 };
  const disagree: Disagreement[] = [];
  const caches = new Map<string, VerdictCache>();
  for (const line of lines.toSorted((a, b) => (a.step ?? 0) - (b.step ?? 0))) {
    const sequence = line.step === undefined ? line.id : (line.id.split('.')[0] as string);
    const cache = caches.get(sequence) ?? new VerdictCache(context.kernel(profileOf(line)));
    caches.set(sequence, cache);
    for (const pair of pairsOf(line, oracleSystem(line, context.parts), cache)) {
      counts.verdicts++;
      if (pair.distance !== null) counts.distances++;
      const wrong = flawsOf(pair).map((flaw) => ({ file: context.file, line: line.id, ...flaw }));
      if (wrong.length === 0) counts.agree++;
      disagree.push(...wrong);
    }
  }
  return { ...counts, disagree };
}

interface Pair {
  readonly provider: string;
  readonly client: string;
  readonly mapType: MapType;
  readonly distance: number | null;
  readonly got: { readonly mapType: MapType; readonly distance: number | null };
}

function* pairsOf(line: OracleLine, system: System, cache: VerdictCache): Generator<Pair> {
  if (line.asked?.includes('bound')) for (const provider of line.ends) cache.forget(provider);
  for (const [row, provider] of line.ends.entries()) {
    for (const [column, client] of line.ends.entries()) {
      const distance = line.dist[row]?.[column] ?? null;
      const mapType = MAP_TYPES[line.verdict[row]?.[column] ?? ''] as MapType;
      const got =
        distance === null
          ? { mapType: cache.mapType(system, provider, client), distance }
          : cache.ask(system, provider, client);
      yield { provider, client, mapType, distance, got };
    }
  }
}

function flawsOf({
  provider,
  client,
  mapType,
  distance,
  got,
}: Pair): readonly Omit<Disagreement, 'file' | 'line'>[] {
  const ends = { provider, client };
  return [
    ...(mapType === got.mapType ? [] : [{ ...ends, expected: mapType, got: got.mapType }]),
    ...(distance === null || distance === got.distance
      ? []
      : [{ ...ends, expected: distance, got: got.distance ?? -1 }]),
  ];
}
