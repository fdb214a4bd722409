import type { TlpClass } from '../pcie/tlp-class.ts';
import { hostBridgeOf, nodeOf, socketOf } from '../system/ancestry.ts';
import type { Credits, CpuPart, ScopeChannel, ScopeName } from '../system/part.ts';
import type { HostBridge, System } from '../system/system.ts';
import { picoseconds } from '../units.ts';
import type { Channel } from './channel.ts';

/** A way through the root complex: root ports, integrated endpoints or memories (`mem:<socket>`) at which it enters and leaves. */
export interface Crossing {
  readonly entry: string;
  readonly exit: string;
  readonly class: TlpClass;
}

const isMemory = (end: string): boolean => end.startsWith('mem:');

const NO_TIME = picoseconds(0);

/** The scope at which the root complex ends a peer's reads as unsupported requests; null where it carries them. */
export function refusesReads(system: System, crossing: Omit<Crossing, 'class'>): ScopeName | null {
  const { entry, exit } = crossing;
  if (isMemory(entry) || isMemory(exit)) return null;
  const scope = scopeBetween(system, crossing);
  return socketOf(system, entry).part.scopes[scope].carries === 'writes' ? scope : null;
}

/** A channel inside a root complex by the numbers of its part; TLPs are cut before it at multiples of `recut` bytes. */
export function scopeChannel(id: string, { rate, latency, slots }: ScopeChannel, recut = 0): Channel {
  const credits = (tlpClass: TlpClass): Credits => ({ headers: slots[tlpClass], data: null });
  return {
    id,
    carrier: { kind: 'scope', rate, recut },
    flight: latency,
    credits: {
      posted: credits('posted'),
      nonposted: credits('nonposted'),
      completion: credits('completion'),
    },
    creditReturn: latency,
    updatePeriod: NO_TIME,
    sharedBuffer: null,
    replay: { bitErrorRate: 0, nakReturn: NO_TIME, timeout: NO_TIME, buffer: null, ackReturn: NO_TIME },
    latency: NO_TIME,
    storeAndForward: false,
  };
}

/** The scope for peer traffic; the words are those of `CpuPart`. */
function scopeBetween(system: System, { entry, exit }: Omit<Crossing, 'class'>): ScopeName {
  const [from, to] = [hostBridgeOf(system, entry), hostBridgeOf(system, exit)];
  if (from.socket !== to.socket) return 'other_socket';
  if (nodeOf(system, exit).kind === 'rciep') return 'soc_agent';
  if (from.id !== to.id) return 'other_host_bridge';
  return entry === exit ? 'same_root_port' : 'same_host_bridge';
}

const BETWEEN_PEERS: Readonly<Record<ScopeName, boolean>> = {
  same_root_port: true,
  same_host_bridge: true,
  other_host_bridge: true,
  other_socket: true,
  soc_agent: true,
  remote_memory: false,
  socket_link: false,
  memory: false,
};

/** TLPs between peers are cut where they enter the root complex. */
export const recutBefore = ({ recut }: CpuPart, scope: ScopeName): number =>
  BETWEEN_PEERS[scope] ? (recut ?? 0) : 0;

/** The group of memory channels by which a device reaches a socket's memory: its quadrant's, or those for other sockets. */
export function quadrantFor(system: System, memory: string, device: string): string {
  const bridge = hostBridgeOf(system, device);
  const socket = socketOf(system, memory).id;
  return bridge.socket === socket ? quadrantOf(bridge) : remoteQuadrant(socket);
}

/** A host bridge's own quadrant, and the one that stands for devices of other sockets. */
export const quadrantOf = ({ quadrant, id }: HostBridge): string => quadrant ?? id;
export const remoteQuadrant = (socket: string): string => `${socket}.remote`;

/**
 * The serial channels that a TLP passes inside the root complexes, in order: that of the scope at the port where it enters, if it
 * is for a peer or another socket, the link to that socket, the memory's. Writes use the channels of writes, read requests and completions those of reads.
 * Source: DESIGN, section 3 (a root complex).
 */
export function scopeChannels(system: System, crossing: Crossing): readonly Channel[] {
  const { entry, exit, class: tlpClass } = crossing;
  const direction = tlpClass === 'posted' ? 'write' : 'read';
  const [from, to] = [socketOf(system, entry), socketOf(system, exit)];
  const scoped = (cpu: CpuPart, scope: ScopeName, of: string): Channel =>
    scopeChannel(`cap:${scope}:${of}:${direction}`, cpu.scopes[scope][direction], recutBefore(cpu, scope));
  const remote = from.id !== to.id;
  const over = remote ? [scoped(from.part, 'socket_link', `${from.id}>${to.id}`)] : [];
  if (isMemory(entry)) return [scoped(from.part, 'memory', quadrantFor(system, entry, exit)), ...over];
  if (!isMemory(exit)) return [scoped(from.part, scopeBetween(system, crossing), entry), ...over];
  const leave = remote ? [scoped(from.part, 'remote_memory', entry)] : [];
  const kind = tlpClass === 'posted' ? 'write' : 'request';
  const memory = `cap:memory:${quadrantFor(system, exit, entry)}:${kind}`;
  return [...leave, ...over, scopeChannel(memory, to.part.scopes.memory[direction])];
}
