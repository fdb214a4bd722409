import { REDIRECT_CONTROL } from './acs-defaults.ts';
import { nodeOf, portOf } from './ancestry.ts';
import { isBitErrorRate } from './bit-error-rate.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { Bytes, Picoseconds } from '../units.ts';
import type { IommuMode, LinkSpeed, System, SystemNode } from './system.ts';

/** Ids of functions, or all root ports and downstream ports of switches that have an ACS capability. */
export type Ports = readonly string[] | 'all';

const hex = (bits: number): string => `0x${bits.toString(16).padStart(2, '0')}`;

function withNodes(system: System, changed: ReadonlyMap<string, SystemNode>): System {
  const nodes = Object.entries(system.nodes).map(([id, node]) => [id, changed.get(id) ?? node]);
  return deepFreeze({ ...system, nodes: Object.fromEntries(nodes) });
}

const isPort = ({ kind }: SystemNode): boolean => kind === 'root_port' || kind === 'switch_down';

function capable(system: System, ports: Ports): readonly SystemNode[] {
  if (ports !== 'all') return ports.map((id) => nodeOf(system, id));
  return Object.values(system.nodes).filter((node) => isPort(node) && node.acs !== null);
}

function withControl(
  system: System,
  ports: Ports,
  controlOf: (before: number, capability: number) => number,
): System {
  const changed = new Map<string, SystemNode>();
  for (const node of capable(system, ports)) {
    if (node.acs === null)
      throw new RangeError(`${node.id} has no ACS capability; expected a function that has one`);
    const { capability, control } = node.acs;
    changed.set(node.id, { ...node, acs: { capability, control: controlOf(control, capability) } });
  }
  return withNodes(system, changed);
}

/**
 * The system with this ACS control register in the named functions, or in all ports. Throws RangeError for unknown ids,
 * functions without ACS and bits that a function does not implement.
 */
export function setAcsControl(system: System, ports: Ports, control: number): System {
  return withControl(system, ports, (_, capability) => {
    if (Number.isInteger(control) && (control & ~capability) === 0) return control;
    throw new RangeError(
      `control ${hex(control)} has bits that are not in the capability ${hex(capability)}`,
    );
  });
}

/**
 * The system with redirect as Linux sets it with an IOMMU (SV, RR, CR and UF, as far as implemented) in the named ports,
 * or in all; other bits are cleared. Throws RangeError.
 */
export const withRedirect = (system: System, ports: Ports): System =>
  withControl(system, ports, (_, capability) => REDIRECT_CONTROL & capability);

/** The system with all ACS controls of the named ports, or of all, cleared. Throws RangeError. */
export const withoutRedirect = (system: System, ports: Ports = 'all'): System =>
  withControl(system, ports, () => 0);

/** The system with one link at another speed; the link is named by the id of its port or of what hangs below. Throws RangeError. */
export function setLink(system: System, portOrChild: string, current: LinkSpeed): System {
  const port = portOf(system, portOrChild);
  if (port === null)
    throw new RangeError(`${portOrChild} is on a root bus and has no link; name a port or its child`);
  const { capability } = port.link;
  if (current.generation > capability.generation || current.width > capability.width) {
    const most = `generation ${capability.generation} x${capability.width}`;
    throw new RangeError(
      `the link of ${port.id} runs at ${most} at most, got generation ${current.generation} x${current.width}`,
    );
  }
  return withNodes(system, new Map([[port.id, { ...port, link: { ...port.link, current } }]]));
}

/** The system with bit errors on one link, named as for `setLink`. Throws RangeError, also for a rate beyond 0 to 1e-4. */
export function withBitErrorRate(system: System, portOrChild: string, bitErrorRate: number): System {
  if (!isBitErrorRate(bitErrorRate))
    throw new RangeError(
      `a bit-error rate is from 0 to 1e-4, got ${bitErrorRate}; above it no link trains (assumed)`,
    );
  const port = portOf(system, portOrChild);
  if (port === null)
    throw new RangeError(`${portOrChild} is on a root bus and has no link; name a port or its child`);
  return withNodes(system, new Map([[port.id, { ...port, link: { ...port.link, bitErrorRate } }]]));
}

/** The system with this least time between posted writes that leave by different root ports, in all its CPUs. */
export const withDestinationChange = (system: System, destinationChange: Picoseconds): System =>
  deepFreeze({
    ...system,
    sockets: system.sockets.map((socket) => ({ ...socket, part: { ...socket.part, destinationChange } })),
  });

/** The system with another IOMMU mode, and pages of another size if one is given. */
export const setIommu = (
  system: System,
  mode: IommuMode,
  pageBytes: Bytes = system.iommu.pageBytes,
): System => deepFreeze({ ...system, iommu: { mode, pageBytes } });
