/** Where a TLP turns round; the words are those of the kernel-p2pdma reference, section 4. */
export type Turn =
  | 'self'
  | 'sibling-function'
  | 'downward'
  | 'upward-to-ancestor'
  | 'switch-local'
  | 'virtual-switch'
  | 'same-root-port-hairpin'
  | 'root-port-to-root-port'
  | 'inter-host-bridge'
  | 'inter-socket'
  | 'rciep-internal'
  | 'memory'
  | 'none';

/**
 * The way of one TLP: node ids from the sender to the receiver. `turn:x` is the inside of the switch whose upstream port
 * is x, `chip:c` the inside of a chip between two of its virtual switches, `rc:h` the root complex at host bridge h,
 * `sibling:x` the inside of a device below port x; `mem:s` is the memory of socket s.
 */
export interface Route {
  readonly hops: readonly string[];
  readonly turn: Turn;
}
