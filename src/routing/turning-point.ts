import type { SystemNode } from '../system/system.ts';

/** Functions from the sender and from the receiver up to their root ports; empty for memory. */
export interface Ways {
  readonly up: readonly SystemNode[];
  readonly down: readonly SystemNode[];
}

/**
 * The lowest place at which a TLP could turn from its way up to its way down. `ingress` is the function by which it
 * comes in there, whose ACS bits may send it on upwards. `up` and `down` count the functions passed below that place.
 */
export type TurningPoint =
  | { readonly kind: 'self' }
  | { readonly kind: 'upward-to-ancestor'; readonly up: number }
  | { readonly kind: 'downward'; readonly down: number }
  | {
      readonly kind: 'sibling-function' | 'switch-local' | 'virtual-switch';
      /** As the route names it: `sibling:x`, `turn:x` or `chip:c`. */
      readonly hop: string;
      readonly ingress: SystemNode;
      readonly up: number;
      readonly down: number;
    }
  | { readonly kind: 'root-complex' };

/**
 * Climbs from the sender to the first function that the receiver's chain has too, or to the first switch whose chip has a
 * virtual switch on the receiver's chain. Source: kernel-p2pdma 3.1; DESIGN (form of a system's `chip`).
 */
export function turningPoint(ways: Ways): TurningPoint {
  for (const [up, node] of ways.up.entries()) {
    const down = ways.down.indexOf(node);
    if (down >= 0) return meeting(ways, node, { up, down });
    const crossing = chipCrossing(ways, node, up);
    if (crossing) return crossing;
  }
  return { kind: 'root-complex' };
}

function meeting(ways: Ways, node: SystemNode, { up, down }: { up: number; down: number }): TurningPoint {
  const ingress = ways.up[up - 1];
  if (!ingress) return down === 0 ? { kind: 'self' } : { kind: 'downward', down };
  if (down === 0) return { kind: 'upward-to-ancestor', up };
  return node.kind === 'switch_up'
    ? { kind: 'switch-local', hop: `turn:${node.id}`, ingress, up, down }
    : { kind: 'sibling-function', hop: `sibling:${node.id}`, ingress, up, down };
}

function chipCrossing(ways: Ways, node: SystemNode, up: number): TurningPoint | null {
  const ingress = ways.up[up - 1];
  if (!ingress || node.kind !== 'switch_up' || node.chip === null) return null;
  const down = ways.down.findIndex((other) => other.kind === 'switch_up' && other.chip === node.chip);
  return down > 0 ? { kind: 'virtual-switch', hop: `chip:${node.chip}`, ingress, up, down } : null;
}
