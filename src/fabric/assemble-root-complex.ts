import { quadrantOf, recutBefore, remoteQuadrant, scopeChannel } from '../routing/scope-channels.ts';
import { socketOf } from '../system/ancestry.ts';
import type { CpuPart, ScopeName } from '../system/part.ts';
import type { System, SystemNode } from '../system/system.ts';
import { picoseconds } from '../units.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** Scopes whose channels belong to the root port (or integrated endpoint) from which a TLP comes. */
const SOURCE_SCOPES = [
  'same_root_port',
  'same_host_bridge',
  'other_host_bridge',
  'other_socket',
  'soc_agent',
  'remote_memory',
] as const;

/** Ways in and out of what is integrated in a root complex, which cost nothing themselves. */
export const FREE = {
  rate: null,
  latency: picoseconds(0),
  slots: { posted: null, nonposted: null, completion: null },
};

/** Ids, among the plan, of a socket's memory as a quadrant reaches it, and of an integrated endpoint's ways. */
export const memoryEndpoint = (socket: string, quadrant: string): string => `mem:${socket}/${quadrant}`;
export const agentChannel = (id: string, direction: 'up' | 'down'): string => `agent:${id}:${direction}`;

/** The serial channels inside all root complexes, writes and reads apart, and the ports behind them. */
export function addRootComplexes(system: System, builder: PlanBuilder): void {
  for (const { rootBus } of system.hostBridges) {
    for (const id of rootBus) addSource(builder, socketOf(system, id).part, system.nodes[id] as SystemNode);
  }
  for (const { id, part } of system.sockets) {
    const own = system.hostBridges.filter(({ socket }) => socket === id).map(quadrantOf);
    for (const quadrant of new Set([...own, remoteQuadrant(id)])) addMemory(builder, part, id, quadrant);
    for (const other of system.sockets) {
      if (other.id !== id) addScope(builder, part, 'socket_link', `${id}>${other.id}`);
    }
  }
}

function addSource(builder: PlanBuilder, cpu: CpuPart, node: SystemNode): void {
  if (node.kind !== 'root_port' && node.kind !== 'rciep') return;
  if (node.kind === 'rciep') addIntegrated(builder, cpu, node.id);
  for (const scope of SOURCE_SCOPES) addScope(builder, cpu, scope, node.id);
}

function addIntegrated(builder: PlanBuilder, cpu: CpuPart, id: string): void {
  const sink = builder.addInnerPort(id, cpu);
  builder.addInnerChannel(scopeChannel(agentChannel(id, 'down'), FREE), sink);
  builder.addInnerChannel(scopeChannel(agentChannel(id, 'up'), FREE), builder.addRootPort(`rc:${id}`, cpu));
  builder.addEndpoint(id, agentChannel(id, 'up'), sink);
}

function addScope(builder: PlanBuilder, cpu: CpuPart, scope: ScopeName, of: string): void {
  const port = builder.addInnerPort(`rc:${scope}:${of}`, cpu);
  for (const direction of ['write', 'read'] as const) {
    const numbers = cpu.scopes[scope][direction];
    const channel = scopeChannel(`cap:${scope}:${of}:${direction}`, numbers, recutBefore(cpu, scope));
    builder.addInnerChannel(channel, port);
  }
}

/** Writes and read requests go in to memory, completions come out; requests carry no payload, so no cap binds them. */
function addMemory(builder: PlanBuilder, cpu: CpuPart, socket: string, quadrant: string): void {
  const { write, read } = cpu.scopes.memory;
  const name = `memory:${quadrant}`;
  const sink = builder.addInnerPort(`rc:${name}:in`, cpu);
  builder.addInnerChannel(scopeChannel(`cap:${name}:write`, write), sink);
  builder.addInnerChannel(scopeChannel(`cap:${name}:request`, read), sink);
  builder.addInnerChannel(
    scopeChannel(`cap:${name}:read`, read),
    builder.addMemoryPort(`rc:${name}:out`, cpu),
  );
  builder.addEndpoint(memoryEndpoint(socket, quadrant), `cap:${name}:read`, sink);
}
