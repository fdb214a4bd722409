import { PORT_ACS } from './acs-defaults.ts';
import type { DocumentPath } from './model-error.ts';
import { placeChild } from './place-child.ts';
import { acsOf, barsOf, identity, linkOfEntry, type Placing } from './placing.ts';
import type { HostBridge } from './system.ts';
import type { HostBridgeEntry, IntegratedEntry, RootPortEntry } from './system-schema.ts';

function placeIntegrated(entry: IntegratedEntry, parent: string, path: DocumentPath, to: Placing): void {
  const part = to.parts.endpoint(entry.kind, entry.part, path);
  const own = { ...identity(entry, entry.id, parent), acs: acsOf(entry.acs, null) };
  const bars = barsOf(entry.bars);
  const node = { kind: 'rciep', ...own, deviceKind: entry.kind, part, bars } as const;
  to.placed.push({ node, path, ownAcs: entry.acs !== undefined });
}

function placeRootPort(entry: RootPortEntry, parent: string, path: DocumentPath, to: Placing): void {
  const acs = acsOf(entry.acs, PORT_ACS);
  const node = {
    kind: 'root_port',
    ...identity(entry, entry.id, parent),
    acs,
    externalFacing: entry.external_facing ?? false,
    link: linkOfEntry(entry.link),
  } as const;
  to.placed.push({ node, path, ownAcs: entry.acs !== undefined });
  placeChild(entry.child, { parent: entry.id, path: [...path, 'child'] }, to);
}

/** `dddd:bb:00.0` of the bus that the other functions of the root bus are on. */
function bridgeBdf(entry: HostBridgeEntry): string | null {
  const known = [...(entry.root_ports ?? []), ...(entry.devices ?? [])].flatMap(({ bdf }) => bdf ?? []);
  const own = known[0]?.replace(/[^:]+$/, '00.0');
  return own === undefined || known.includes(own) ? null : own;
}

function placeBridgeDevice(entry: HostBridgeEntry, path: DocumentPath, to: Placing): void {
  if (entry.pci_id === undefined) return;
  const named = { pci_id: entry.pci_id, bdf: bridgeBdf(entry) ?? undefined };
  const node = {
    kind: 'host_bridge_device',
    ...identity(named, `${entry.id}.device`, entry.id),
    acs: null,
  } as const;
  to.placed.push({ node, path, ownAcs: false });
}

interface OnRootBus {
  readonly id: string;
  readonly bdf: string | null;
  place(): void;
}

/** By address where all are known, as Linux scans a bus; else as in the file, integrated devices first. */
function inDiscoveryOrder(functions: readonly OnRootBus[]): readonly OnRootBus[] {
  if (functions.some(({ bdf }) => bdf === null)) return functions;
  return [...functions].sort((a, b) => ((a.bdf ?? '') < (b.bdf ?? '') ? -1 : 1));
}

/** Adds a host bridge's own function, if the file identifies it, and then what is on its root bus, with all below. */
export function placeHostBridge(
  entry: HostBridgeEntry,
  socket: string,
  path: DocumentPath,
  to: Placing,
): HostBridge {
  placeBridgeDevice(entry, path, to);
  const onBus = (list: 'devices' | 'root_ports', i: number): DocumentPath => [...path, list, i];
  const devices = (entry.devices ?? []).map((device, i) => ({
    id: device.id,
    bdf: device.bdf ?? null,
    place: () => placeIntegrated(device, entry.id, onBus('devices', i), to),
  }));
  const rootPorts = (entry.root_ports ?? []).map((port, i) => ({
    id: port.id,
    bdf: port.bdf ?? null,
    place: () => placeRootPort(port, entry.id, onBus('root_ports', i), to),
  }));
  const ordered = inDiscoveryOrder([...devices, ...rootPorts]);
  for (const each of ordered) each.place();
  const first = entry.pci_id === undefined ? [] : [`${entry.id}.device`];
  const rootBus = [...first, ...ordered.map(({ id }) => id)];
  return {
    id: entry.id,
    socket,
    domain: entry.domain ?? 0,
    quadrant: entry.quadrant ?? null,
    busOffset: entry.bus_offset ?? 0,
    rootBus,
  };
}
