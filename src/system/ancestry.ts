import { closeNames } from './close-names.ts';
import type {
  Endpoint,
  HostBridge,
  IntegratedEndpoint,
  Link,
  RootPort,
  Socket,
  SwitchDownstreamPort,
  System,
  SystemNode,
} from './system.ts';

/** What starts and ends transfers: functions that are no bridges. */
export type DmaFunction = Endpoint | IntegratedEndpoint;

/** A port with a link below it. */
export type LinkPort = RootPort | SwitchDownstreamPort;

const find = (system: System, id: string): SystemNode | undefined =>
  Object.hasOwn(system.nodes, id) ? system.nodes[id] : undefined;

function unknown(system: System, id: string, known: readonly string[]): RangeError {
  const close = closeNames(id, known);
  const hint = close.length > 0 ? `did you mean ${close.join(' or ')}? ` : '';
  return new RangeError(`"${id}" is not in system ${system.name}; ${hint}Known: ${known.join(', ')}`);
}

/** The node with this id; throws RangeError, which lists the known ones, when there is none. */
export function nodeOf(system: System, id: string): SystemNode {
  const node = find(system, id);
  if (node === undefined) throw unknown(system, id, Object.keys(system.nodes));
  return node;
}

/** The bridge above a function, a virtual function's by way of its physical one; null on a root bus. */
export function upstreamOf(system: System, node: SystemNode): SystemNode | null {
  const physical = node.kind === 'endpoint' && node.physicalFunction !== null ? node.physicalFunction : null;
  const from = physical === null ? node : nodeOf(system, physical);
  return find(system, from.parent) ?? null;
}

/**
 * A function and all bridges above it, up to and including the root port or the function on the root bus; the host bridge
 * is not one of them, nor is the physical function of a virtual one. Throws RangeError. Source: kernel-p2pdma, section 1.1.
 */
export function chain(system: System, id: string): readonly SystemNode[] {
  const nodes: SystemNode[] = [];
  for (let node: SystemNode | null = nodeOf(system, id); node !== null; node = upstreamOf(system, node))
    nodes.push(node);
  return nodes;
}

/** The host bridge whose root bus a function is on or below. Throws RangeError. */
export function hostBridgeOf(system: System, id: string): HostBridge {
  const root = chain(system, id).at(-1)?.parent;
  const bridge = system.hostBridges.find((each) => each.id === root);
  if (bridge === undefined)
    throw unknown(
      system,
      root ?? id,
      system.hostBridges.map((each) => each.id),
    );
  return bridge;
}

/** The socket that a function, or a memory `mem:<socket>`, belongs to. Throws RangeError. */
export function socketOf(system: System, id: string): Socket {
  const name = id.startsWith('mem:') ? id.slice('mem:'.length) : hostBridgeOf(system, id).socket;
  const socket = system.sockets.find((each) => each.id === name);
  if (socket === undefined)
    throw unknown(
      system,
      id,
      system.sockets.map((each) => `mem:${each.id}`),
    );
  return socket;
}

/** All functions that are no bridges, in tree order. */
export function endpoints(system: System): readonly DmaFunction[] {
  return Object.values(system.nodes).filter((node) => node.kind === 'endpoint' || node.kind === 'rciep');
}

/** What is directly below a node or a host bridge: all functions of the device there, or the ports of a switch. */
export function childrenOf(system: System, id: string): readonly SystemNode[] {
  if (!system.hostBridges.some((each) => each.id === id)) nodeOf(system, id);
  return Object.values(system.nodes).filter((node) => node.parent === id);
}

/** The port whose link a function uses: a port itself, else the nearest one above; null for functions of a root bus. */
export function portOf(system: System, id: string): LinkPort | null {
  return chain(system, id).find((node) => node.kind === 'root_port' || node.kind === 'switch_down') ?? null;
}

/** The link named by the id of its port or of what hangs below; null for functions of a root bus. Throws RangeError. */
export function linkOf(system: System, id: string): Link | null {
  return portOf(system, id)?.link ?? null;
}
