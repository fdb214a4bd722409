import { hostBridgeOf } from '../system/ancestry.ts';
import type { HostBridge, System, SystemNode } from '../system/system.ts';
import type { Route, Turn } from './route.ts';
import type { Ways } from './turning-point.ts';

/**
 * The way of a TLP through the root complex: up to the sender's root port, over its host bridge (and the receiver's, where
 * that is another), down from the receiver's root port. Memory is one hop, `mem:<socket>`, behind the device's host bridge,
 * on whichever socket it is. Source: kernel-p2pdma, section 4 (continuations at the host bridge).
 */
export function rootComplexRoute(system: System, ways: Ways, ends: { from: string; to: string }): Route {
  const sender = ways.up.at(-1);
  const receiver = ways.down.at(-1);
  const bridges = [sender, receiver].flatMap((node) => (node ? [hostBridgeOf(system, node.id)] : []));
  const middle = [...new Set(bridges.map((bridge) => `rc:${bridge.id}`))];
  return {
    turn: sender && receiver ? turnBetween(bridges, sender, receiver) : 'memory',
    hops: [
      ...(sender ? ways.up.map((node) => node.id) : [ends.from]),
      ...middle,
      ...(receiver ? ways.down.map((node) => node.id).toReversed() : [ends.to]),
    ],
  };
}

function turnBetween(bridges: readonly HostBridge[], sender: SystemNode, receiver: SystemNode): Turn {
  const [from, to] = bridges;
  if (from?.socket !== to?.socket) return 'inter-socket';
  if (sender.kind !== 'root_port' || receiver.kind !== 'root_port') return 'rciep-internal';
  if (from?.id !== to?.id) return 'inter-host-bridge';
  return sender === receiver ? 'same-root-port-hairpin' : 'root-port-to-root-port';
}
