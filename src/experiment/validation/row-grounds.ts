import { flowRoutes } from '../../routing/flow-routes.ts';
import type { TransferSpec } from '../../routing/transfer-spec.ts';
import { socketOf } from '../../system/ancestry.ts';
import type { Part } from '../../system/part.ts';
import type { System } from '../../system/system.ts';
import { partsOf } from '../model-uses.ts';
import type { MeasuredRow } from './measured-row.ts';
import { rowTransfers } from './row-transfers.ts';

/** What a prediction rests on. */
export interface RowGrounds {
  /** Whether a number of a part of the machine was fixed from the row. */
  readonly inSample: boolean;
  /** Share of assumed numbers among those of the parts on the way; null where there is no way. */
  readonly assumedShare: number | null;
}

const ROOT_COMPLEX = 'rc:';
const INSIDE = /^(?:turn|sibling):/;

/** The parts that the hops of routes belong to. */
function partsAt(system: System, hops: Iterable<string>): readonly Part[] {
  const parts = new Map<string, Part>();
  const add = (part: Part): void => void parts.set(part.name, part);
  for (const hop of hops) {
    if (hop.startsWith('mem:')) add(socketOf(system, hop).part);
    const bridge = hop.startsWith(ROOT_COMPLEX)
      ? system.hostBridges.find(({ id }) => id === hop.slice(ROOT_COMPLEX.length))
      : undefined;
    if (bridge) add(socketOf(system, `mem:${bridge.socket}`).part);
    const node = system.nodes[hop.replace(INSIDE, '')];
    if (node && 'part' in node) add(node.part);
    if (node?.kind === 'switch_down') {
      const above = system.nodes[node.parent];
      if (above && 'part' in above) add(above.part);
    }
  }
  return [...parts.values()];
}

/** Verdicts and messages between hosts rest on the way of a copy. */
function transfersOf(row: MeasuredRow): readonly TransferSpec[] {
  const flows = [...row.flows, ...(row.background_flows ?? [])];
  const transfers = rowTransfers(row, flows);
  return transfers.length > 0 ? transfers : rowTransfers({ ...row, op: 'copy' }, flows);
}

function hopsOf(system: System, row: MeasuredRow): ReadonlySet<string> {
  const transfers = transfersOf(row);
  const routes = transfers.map((spec) => flowRoutes(system, spec));
  return new Set(
    routes.flatMap((route) =>
      'reason' in route ? [] : [...route.request.hops, ...(route.completion?.hops ?? [])],
    ),
  );
}

/** What the prediction of a row rests on; `id` is the row's own, by which parts name it. Throws RangeError for unknown ends. */
export function rowGrounds(system: System, row: MeasuredRow, id: string): RowGrounds {
  const inSample = partsOf(system).some(({ provenance }) =>
    provenance.some(({ fixedBy }) => fixedBy.includes(id)),
  );
  const numbers = partsAt(system, hopsOf(system, row)).flatMap(({ provenance }) => provenance);
  const assumed = numbers.filter(({ kind }) => kind === 'assumed').length;
  return { inSample, assumedShare: numbers.length === 0 ? null : assumed / numbers.length };
}
