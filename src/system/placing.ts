import { USUAL_ACS_CAPABILITY } from './acs-defaults.ts';
import type { BarEntry, FunctionEntry, LinkEntry, Maybe } from './child-entry.ts';
import type { DocumentPath } from './model-error.ts';
import type { PartLookup } from './part-lookup.ts';
import type { PciId } from './pci-values.ts';
import type { Placed, RedirectRule } from './placed.ts';
import type { Acs, Bar, Link } from './system.ts';

/** Collects the nodes of a machine in tree order. */
export interface Placing {
  readonly parts: PartLookup;
  readonly placed: Placed[];
  readonly rules: RedirectRule[];
}

/** The thing above a node, and where the node stands in the file. */
export interface Place {
  readonly parent: string;
  readonly path: DocumentPath;
}

interface Identity {
  readonly bdf?: string | undefined;
  readonly pci_id?: PciId | undefined;
}

/** The fields that every function has, its ACS aside. */
export function identity(entry: Identity, id: string, parent: string) {
  const { vendor, device } = entry.pci_id ?? { vendor: null, device: null };
  return { id, parent, bdf: entry.bdf ?? null, vendor, device };
}

/** ACS as the file states it; `otherwise` where it says nothing. */
export function acsOf(acs: FunctionEntry['acs'], otherwise: Acs | null): Acs | null {
  if (acs === undefined) return otherwise;
  return acs && { capability: acs.capability ?? USUAL_ACS_CAPABILITY, control: acs.control };
}

/** BARs as the file states them; null where it says nothing. */
export function barsOf(entries: Maybe<readonly BarEntry[]>): readonly Bar[] | null {
  return (
    entries?.map(({ kind, size, address }) => ({ kind: kind ?? 'memory', size, address: address ?? null })) ??
    null
  );
}

export function linkOfEntry({ gen, width, current, bit_error_rate: bitErrorRate = 0 }: LinkEntry): Link {
  const capability = { generation: gen, width };
  const speed = current ? { generation: current.gen, width: current.width } : capability;
  return { capability, current: speed, bitErrorRate };
}
