import { chain } from '../system/ancestry.ts';
import type { System, SystemNode } from '../system/system.ts';
import type { Ways } from './turning-point.ts';

/**
 * Both ends' chains of functions; that of `mem:<socket id>` is empty. RangeError where an id is unknown, or where both
 * ends are memory, between which no TLP goes.
 */
export function waysBetween(system: System, from: string, to: string): Ways {
  const ways = { up: chainOf(system, from), down: chainOf(system, to) };
  if (ways.up.length === 0 && ways.down.length === 0) {
    throw new RangeError(
      `no TLP goes from "${from}" to "${to}": both are memory; name a device of ${system.name} as one of them`,
    );
  }
  return ways;
}

function chainOf(system: System, end: string): readonly SystemNode[] {
  if (!end.startsWith('mem:')) return chain(system, end);
  const sockets = system.sockets.map((socket) => `mem:${socket.id}`);
  if (sockets.includes(end)) return [];
  throw new RangeError(`"${end}" is no memory of ${system.name}; its memories are ${sockets.join(', ')}`);
}
