import { PORT_ACS } from './acs-defaults.ts';
import type { ChildEntry, PciBridgeEntry, PortEntry, SwitchEntry } from './child-entry.ts';
import { placeDevice } from './place-device.ts';
import { acsOf, identity, linkOfEntry, type Place, type Placing } from './placing.ts';
import type { SwitchUpstreamPort } from './system.ts';

function placeUpstream(entry: SwitchEntry, { parent, path }: Place, to: Placing): void {
  const { control, capability, redirect } = entry.acs ?? {};
  const silent = control === undefined && capability === undefined;
  const stated = silent ? undefined : { capability, control: control ?? 0 };
  const node: SwitchUpstreamPort = {
    kind: 'switch_up',
    ...identity(entry, entry.id, parent),
    acs: acsOf(stated, null),
    part: to.parts.switch(entry.part, path),
    chip: entry.chip ?? null,
  };
  to.placed.push({ node, path, ownAcs: stated !== undefined });
  if (redirect === undefined) return;
  to.rules.push({ owner: entry.id, ports: redirect, path: [...path, 'acs', 'redirect'] });
}

function placeDownstream(port: PortEntry, id: string, { parent, path }: Place, to: Placing): void {
  const acs = acsOf(port.acs, PORT_ACS);
  const node = {
    kind: 'switch_down',
    ...identity(port, id, parent),
    acs,
    link: linkOfEntry(port.link),
  } as const;
  to.placed.push({ node, path, ownAcs: port.acs !== undefined });
  placeChild(port.child, { parent: id, path: [...path, 'child'] }, to);
}

function placeSwitch(entry: SwitchEntry, place: Place, to: Placing): void {
  placeUpstream(entry, place, to);
  for (const [i, port] of entry.ports.entries()) {
    const path = [...place.path, 'ports', i];
    placeDownstream(port, port.id ?? `${entry.id}.d${i}`, { parent: entry.id, path }, to);
  }
}

function placePciBridge(entry: PciBridgeEntry, { parent, path }: Place, to: Placing): void {
  const node = { kind: 'pci_bridge', ...identity(entry, entry.id, parent), acs: null } as const;
  to.placed.push({ node, path, ownAcs: false });
  for (const [i, child] of entry.children.entries()) {
    placeChild(child, { parent: entry.id, path: [...path, 'children', i] }, to);
  }
}

/** Adds what hangs below a port, if anything does; a switch is followed by each of its ports with what hangs there. */
export function placeChild(entry: ChildEntry | null | undefined, place: Place, to: Placing): void {
  if (entry === null || entry === undefined) return;
  if (entry.kind === 'switch') placeSwitch(entry, place, to);
  else if (entry.kind === 'pci_bridge') placePciBridge(entry, place, to);
  else placeDevice(entry, place, to);
}
