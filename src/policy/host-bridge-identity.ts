import type { HostBridge, System, SystemNode } from '../system/system.ts';

/**
 * By which function Linux knows a host bridge: `named` with its ids, `unnamed` where the head of the root bus is neither
 * device 00.0 nor a root port (or the bus is empty), `unknown` where it would do but the system file gives no ids.
 */
export type HostBridgeIdentity =
  | { readonly kind: 'named'; readonly vendor: number; readonly device: number }
  | { readonly kind: 'unnamed'; readonly head: string | null }
  | { readonly kind: 'unknown'; readonly head: string };

/** Without a BDF, the function of a host bridge is taken to be device 00.0, where it always sits. */
const mayName = (node: SystemNode): boolean =>
  node.kind === 'root_port' ||
  (node.bdf === null ? node.kind === 'host_bridge_device' : node.bdf.endsWith(':00.0'));

/** Looks at the head of the root bus and at nothing else. Source: Linux `pci_host_bridge_dev`; kernel-p2pdma 1.5. */
export function hostBridgeIdentity(system: System, bridge: HostBridge): HostBridgeIdentity {
  const head = bridge.rootBus[0];
  const node = head === undefined ? undefined : system.nodes[head];
  if (!node || !mayName(node)) return { kind: 'unnamed', head: node?.id ?? null };
  const { vendor, device } = node;
  return vendor === null || device === null
    ? { kind: 'unknown', head: node.id }
    : { kind: 'named', vendor, device };
}
