import { closeNames } from '../../system/close-names.ts';
import { endpoints } from '../../system/ancestry.ts';
import { ModelError } from '../../system/model-error.ts';
import type { System } from '../../system/system.ts';
import { linkCapacity } from './link-capacity.ts';
import type { Ends, MeasuredPlatform, MeasuredRow } from './measured-row.ts';
import type { MeasurementDocument, RowRefusal } from './measurement-schema.ts';
import { type PartLibrary, platformSystem } from './platform-system.ts';
import { operationOf } from './measured-operation.ts';

const isMemory = (end: string): boolean => end.startsWith('mem:');

type EndsRefusal = Omit<RowRefusal, 'key'>;

function refusalOfEnds(op: MeasuredRow['op'], ends: Ends, known: readonly string[]): EndsRefusal | null {
  const [from, to] = ends;
  const wrong = ends.find((end) => !known.includes(end));
  if (wrong !== undefined) {
    const [close] = closeNames(wrong, known, 1);
    const remedy = close === undefined ? `choose from ${known.join(', ')}` : `did you mean ${close}?`;
    return { expected: 'devices or memories of its platform', got: `"${wrong}"`, remedy };
  }
  if (from === to)
    return { expected: 'two different ends', got: `${from} twice`, remedy: 'name another device' };
  const initiator = operationOf(op, ends) === 'read' ? to : from;
  if (operationOf(op, ends) === null || !isMemory(initiator)) return null;
  return {
    expected: `a device that does the ${op}`,
    got: initiator,
    remedy: 'swap the ends, or choose another op',
  };
}

function endsRefusal(system: System, row: MeasuredRow): RowRefusal | null {
  const known = [...endpoints(system).map(({ id }) => id), ...system.sockets.map(({ id }) => `mem:${id}`)];
  for (const key of ['flows', 'background_flows'] as const) {
    for (const ends of row[key] ?? []) {
      const refusal = refusalOfEnds(row.op, ends, known);
      if (refusal !== null) return { key, ...refusal };
    }
  }
  return null;
}

function linksRefusal({ nodes }: System, { overrides }: MeasuredRow): RowRefusal | null {
  const wrong = overrides.find(({ link }) => !Object.hasOwn(nodes, link));
  if (wrong === undefined) return null;
  const [close] = closeNames(wrong.link, Object.keys(nodes), 1);
  const remedy = close === undefined ? 'name a port, or the device below it' : `did you mean ${close}?`;
  return { key: 'overrides', expected: 'links of its platform', got: `"${wrong.link}"`, remedy };
}

/** A tree may be partly assumed, and a value above the truth; one beyond this is in another unit, or of another machine. */
const IMPOSSIBLE = 1.5;

function capacityRefusal(system: System, row: MeasuredRow): RowRefusal | null {
  const capacity = linkCapacity(system, row);
  if (capacity === null || Number(row.value) <= IMPOSSIBLE * capacity.most_GBps) return null;
  return {
    key: 'value',
    expected: `at most the ${capacity.most_GBps.toFixed(1)} GB/s that ${capacity.link} lets through`,
    remedy: 'correct the value, the flows or the tree, or write score: false',
  };
}

/** The row's machine, or what is wrong with its tree. */
function systemOf(platform: MeasuredPlatform, row: MeasuredRow, library: PartLibrary): System | RowRefusal {
  try {
    return platformSystem(platform, row, library);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { path, expected, got, remedy } = error;
    const key = path.startsWith('acs') ? 'acs' : path.startsWith('iommu') ? 'iommu' : 'platform';
    return { key, expected: `${expected} at ${path}`, got, remedy };
  }
}

function refusalOf(platform: MeasuredPlatform, row: MeasuredRow, library: PartLibrary): RowRefusal | null {
  const system = systemOf(platform, row, library);
  if ('key' in system) return system;
  return endsRefusal(system, row) ?? linksRefusal(system, row) ?? capacityRefusal(system, row);
}

/**
 * Whether the scored rows of a file fit their machines: trees that are trees, flows between devices that are there, values that
 * links can carry. Throws ModelError with the place of the first row that does not.
 */
export function checkRows({ platforms, rows, problem }: MeasurementDocument, library: PartLibrary): void {
  for (const [i, row] of rows.entries()) {
    const platform = platforms[row.platform];
    if (!row.score || platform === undefined || platform.topology === null) continue;
    const refusal = refusalOf(platform, row, library);
    if (refusal !== null) throw problem(i, refusal);
  }
}
