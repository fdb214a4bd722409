import { type LinkPort, nodeOf, socketOf } from '../system/ancestry.ts';
import { largestPayloadBelow } from '../system/payload-limits.ts';
import type { PortNumbers } from '../system/part.ts';
import type { System, SystemNode } from '../system/system.ts';
import { picoseconds } from '../units.ts';
import type { Channel } from './channel.ts';
import { linkLayer } from './link-layer.ts';

/** One end of a link: its numbers, and what becomes of TLPs that arrive there. */
interface LinkEnd extends Pick<Channel, 'latency' | 'storeAndForward' | 'sharedBuffer'> {
  readonly numbers: PortNumbers;
}

/** Ends of ways, and root ports, where all latency belongs to the channels inside the root complex. */
const atOnce = (numbers: PortNumbers): LinkEnd => ({
  numbers,
  latency: picoseconds(0),
  storeAndForward: false,
  sharedBuffer: null,
});

function switchEnd(node: SystemNode): LinkEnd {
  if (node.kind !== 'switch_up') throw new RangeError(`${node.id} is no switch`);
  const { port, latency, forwarding, sharedBuffer: size } = node.part;
  const sharedBuffer = size === null ? null : { chip: node.chip ?? node.id, size };
  return { numbers: port, latency, storeAndForward: forwarding === 'store-and-forward', sharedBuffer };
}

function upperEnd(system: System, port: LinkPort): LinkEnd {
  if (port.kind === 'root_port') return atOnce(socketOf(system, port.id).part.port);
  return switchEnd(nodeOf(system, port.parent));
}

function lowerEnd(child: SystemNode): LinkEnd {
  if (child.kind === 'endpoint') return atOnce(child.part.port);
  return switchEnd(child);
}

/**
 * One direction of the link between a port and what hangs below it, at its current speed: the sender's SKP; the receiver's
 * credits and latency. Throws RangeError where no PCIe device hangs below.
 */
export function linkChannel(
  system: System,
  link: { port: LinkPort; child: SystemNode },
  direction: 'up' | 'down',
): Channel {
  const { port, child } = link;
  const ends = [lowerEnd(child), upperEnd(system, port)] as const;
  const [sender, receiver] = direction === 'up' ? ends : [ends[1], ends[0]];
  const flight = picoseconds(sender.numbers.phyLatency + receiver.numbers.phyLatency);
  const mps = largestPayloadBelow(system, port.id);
  const layer = linkLayer(port.link, { sender: sender.numbers, receiver: receiver.numbers, flight, mps });
  return {
    id: `link:${port.id}:${direction}`,
    ...layer,
    flight,
    credits: receiver.numbers.credits,
    creditReturn: picoseconds(flight + receiver.numbers.updateLatency),
    latency: receiver.latency,
    storeAndForward: receiver.storeAndForward,
    sharedBuffer: receiver.sharedBuffer,
  };
}
