import { socketOf } from '../system/ancestry.ts';
import type { ScopeName } from '../system/part.ts';
import type { System } from '../system/system.ts';
import { crossingsOf } from './channels-of.ts';
import type { Route } from './route.ts';
import { routeTable } from './route-table.ts';
import { refusesReads } from './scope-channels.ts';
import { rolesOf, type TransferSpec } from './transfer-spec.ts';

/** A transfer's routes; writes have no completions. */
export interface FlowRoutes {
  readonly request: Route;
  readonly completion: Route | null;
}

/** Why there are none. */
export interface NoRoutes {
  readonly reason: string;
}

const SCOPE_WORDS: Readonly<Record<ScopeName, string>> = {
  same_root_port: 'back out of the same root port',
  same_host_bridge: 'to another root port of the same host bridge',
  other_host_bridge: 'to another host bridge',
  other_socket: 'to another socket',
  remote_memory: 'to the memory of another socket',
  socket_link: 'over the link between sockets',
  soc_agent: 'to a device inside the root complex',
  memory: 'to memory',
};

/** Why the root complex fails the reads on a route; null where it carries them. */
function readRefusal(system: System, route: Route): string | null {
  for (const crossing of crossingsOf(route)) {
    const scope = refusesReads(system, crossing);
    if (scope === null) continue;
    const { part } = socketOf(system, crossing.entry);
    return (
      `allowed, but reads fail here: the root complex of ${part.name} takes a peer's writes ${SCOPE_WORDS[scope]} ` +
      `and answers its reads as unsupported requests`
    );
  }
  return null;
}

/** The routes of a transfer's requests and completions; a reason where a port blocks them, or reads fail. Throws RangeError. */
export function flowRoutes(system: System, spec: TransferSpec): FlowRoutes | NoRoutes {
  const { initiator, target } = rolesOf(spec);
  const { op, address, addressType = 'untranslated', relaxedOrdering = false } = spec;
  const rcKeepsRequesterId = socketOf(system, initiator).part.requesterId === 'kept';
  const ends = { requester: initiator, completer: target, address, addressType, rcKeepsRequesterId };
  const table = routeTable(system, ends);
  const order = relaxedOrdering ? 'relaxed' : 'strict';
  const request = table[op === 'write' ? 'posted' : 'nonposted'][order];
  const completion = table.completion[order];
  if (request.kind === 'blocked') return { reason: request.reason };
  if (op === 'write') return { request: request.route, completion: null };
  const refusal = readRefusal(system, request.route);
  if (refusal !== null) return { reason: refusal };
  if (completion.kind === 'blocked') return { reason: completion.reason };
  return { request: request.route, completion: completion.route };
}
