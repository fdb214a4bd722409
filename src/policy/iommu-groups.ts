import { REDIRECT_CONTROL } from '../system/acs-defaults.ts';
import { chain, upstreamOf } from '../system/ancestry.ts';
import type { System, SystemNode } from '../system/system.ts';
import { multiFunctionDevices } from './iommu-groups-devices.ts';

/** SV, RR, CR and UF, as far as the capability has them: what it lacks counts as wired on. */
function hasAllControls({ acs }: SystemNode): boolean {
  if (acs === null) return false;
  const needed = REDIRECT_CONTROL & acs.capability;
  return (acs.control & needed) === needed;
}

/** Linux `pci_acs_enabled`: ports need their bits, functions only where others share their device, bridges never do. */
function isIsolated(node: SystemNode, hasSiblings: boolean): boolean {
  switch (node.kind) {
    case 'root_port':
    case 'switch_down':
      return hasAllControls(node);
    case 'pci_bridge':
      return false;
    case 'switch_up':
    case 'endpoint':
    case 'rciep':
    case 'host_bridge_device':
      return !hasSiblings || hasAllControls(node);
  }
}

/** Sets of names that can be joined. */
class Sets {
  private readonly heads = new Map<string, string>();

  headOf(id: string): string {
    const above = this.heads.get(id);
    return above === undefined ? id : this.headOf(above);
  }

  join(a: string, b: string): void {
    const [head, other] = [this.headOf(a), this.headOf(b)];
    if (head !== other) this.heads.set(other, head);
  }
}

/**
 * Functions, ports included, that Linux puts into one IOMMU group, in tree order; none where the IOMMU is off. A function
 * joins the bridge above it unless that and all ports up to the root have SV, RR, CR and UF set; functions of one device
 * without ACS stay together. Quirks for devices without ACS are not considered. Source: kernel-p2pdma, section 3.3 (Linux
 * `pci_device_group`).
 */
export function iommuGroups(system: System): readonly (readonly string[])[] {
  if (system.iommu.mode === 'off') return [];
  const devices = multiFunctionDevices(system);
  const siblings = new Set(devices.flat());
  const isolated = (node: SystemNode): boolean => isIsolated(node, siblings.has(node));
  const sets = new Sets();
  for (const node of Object.values(system.nodes)) {
    const bridge = upstreamOf(system, node);
    if (bridge !== null && !chain(system, bridge.id).every(isolated)) sets.join(bridge.id, node.id);
  }
  for (const device of devices) {
    const [first, ...others] = device.filter((node) => !isolated(node));
    for (const other of others) sets.join(first?.id ?? '', other.id);
  }
  const ids = Object.keys(system.nodes);
  const heads = [...new Set(ids.map((id) => sets.headOf(id)))];
  return heads.map((head) => ids.filter((id) => sets.headOf(id) === head));
}
