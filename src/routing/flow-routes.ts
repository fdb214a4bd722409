import type { System } from '../system/system.ts';
import type { Route } from './route.ts';
import { routeTable } from './route-table.ts';
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

/** The routes of a transfer's requests and completions; a reason where a port blocks them. Throws RangeError. */
export function flowRoutes(system: System, spec: TransferSpec): FlowRoutes | NoRoutes {
  const { initiator, target } = rolesOf(spec);
  const {
    op,
    address,
    addressType = 'untranslated',
    relaxedOrdering = false,
    rcKeepsRequesterId = true,
  } = spec;
  const ends = { requester: initiator, completer: target, address, addressType, rcKeepsRequesterId };
  const table = routeTable(system, ends);
  const order = relaxedOrdering ? 'relaxed' : 'strict';
  const request = table[op === 'write' ? 'posted' : 'nonposted'][order];
  const completion = table.completion[order];
  if (request.kind === 'blocked') return { reason: request.reason };
  if (completion.kind === 'blocked') return { reason: completion.reason };
  return { request: request.route, completion: op === 'read' ? completion.route : null };
}
