import type { EndpointEntry, FurtherFunctionEntry, VirtualFunctionEntry } from './child-entry.ts';
import type { DocumentPath } from './model-error.ts';
import { acsOf, barsOf, identity, type Place, type Placing } from './placing.ts';
import type { Endpoint } from './system.ts';
import { type BytesPerSecond, bytesPerSecond } from '../units.ts';

/** What the further functions of a device take from its first where they say nothing. */
interface Named extends FurtherFunctionEntry {
  readonly id: string;
  readonly kind: EndpointEntry['kind'];
}

/** BARs of the same kinds and sizes at addresses that are not known, as those of virtual functions lie apart. */
const elsewhere = (bars: Endpoint['bars']): Endpoint['bars'] =>
  bars?.map((bar) => ({ ...bar, address: null })) ?? null;

function placeVirtual(
  physical: Endpoint,
  list: readonly VirtualFunctionEntry[],
  path: DocumentPath,
  to: Placing,
): void {
  for (const [i, entry] of list.entries()) {
    const id = entry.id ?? `${physical.id}.vf${i}`;
    const own = { ...identity(entry, id, physical.parent), acs: acsOf(entry.acs, null) };
    const bars = barsOf(entry.bars) ?? elsewhere(physical.bars);
    const node = { ...physical, ...own, bars, physicalFunction: physical.id };
    to.placed.push({ node, path: [...path, i], ownAcs: entry.acs !== undefined });
  }
}

/** The least of those rates in GB/s that are stated. */
function least(...rates: readonly (number | undefined)[]): BytesPerSecond | null {
  const known = rates.filter((rate) => rate !== undefined);
  return known.length === 0 ? null : bytesPerSecond(Math.min(...known) * 1e9);
}

const backingOf = ({ media, network }: Named): Endpoint['backing'] => ({
  gives: least(network?.rate_GBps, media?.read_GBps),
  takes: least(network?.rate_GBps, media?.write_GBps),
});

function placeFunction(entry: Named, { parent, path }: Place, to: Placing): void {
  const node: Endpoint = {
    kind: 'endpoint',
    ...identity(entry, entry.id, parent),
    acs: acsOf(entry.acs, null),
    deviceKind: entry.kind,
    part: to.parts.endpoint(entry.kind, entry.part, path),
    mps: entry.mps ?? null,
    mrrs: entry.mrrs ?? null,
    bars: barsOf(entry.bars),
    backing: backingOf(entry),
    physicalFunction: null,
  };
  to.placed.push({ node, path, ownAcs: entry.acs !== undefined });
  const virtual = entry.virtual_functions ?? [];
  const list = typeof virtual === 'number' ? Array.from({ length: virtual }, () => ({})) : virtual;
  placeVirtual(node, list, [...path, 'virtual_functions'], to);
}

/** Adds all functions of a device; a further function is of the first one's kind and part unless it says otherwise. */
export function placeDevice(entry: EndpointEntry, { parent, path }: Place, to: Placing): void {
  placeFunction(entry, { parent, path }, to);
  for (const [i, further] of (entry.functions ?? []).entries()) {
    const kind = further.kind ?? entry.kind;
    const part = further.part ?? (kind === entry.kind ? entry.part : undefined);
    const named = { ...further, kind, part, id: further.id ?? `${entry.id}.f${i + 1}` };
    placeFunction(named, { parent, path: [...path, 'functions', i] }, to);
  }
}
