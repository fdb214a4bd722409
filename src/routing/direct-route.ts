import type { SystemNode } from '../system/system.ts';
import type { Route } from './route.ts';
import type { TurningPoint, Ways } from './turning-point.ts';

const ids = (nodes: readonly SystemNode[]): string[] => nodes.map((node) => node.id);

/** The way of a TLP that turns at the place found, below the root complex. */
export function directRoute(ways: Ways, point: Exclude<TurningPoint, { kind: 'root-complex' }>): Route {
  const hops = (up: number, turn: readonly string[], down: number): string[] => [
    ...ids(ways.up.slice(0, up)),
    ...turn,
    ...ids(ways.down.slice(0, down)).toReversed(),
  ];
  switch (point.kind) {
    case 'self':
      return { turn: 'self', hops: hops(1, [], 0) };
    case 'upward-to-ancestor':
      return { turn: point.kind, hops: hops(point.up + 1, [], 0) };
    case 'downward':
      return { turn: point.kind, hops: hops(0, [], point.down + 1) };
    case 'sibling-function':
    case 'switch-local':
    case 'virtual-switch':
      return { turn: point.kind, hops: hops(point.up, [point.hop], point.down) };
  }
}
