import { dllpBytesPerWireByte } from '../pcie/dllp.ts';
import { linkRate } from '../pcie/generation.ts';
import { DLLP_BYTES } from '../pcie/wire.ts';
import { type LinkPort, nodeOf, socketOf } from '../system/ancestry.ts';
import type { DllpPolicy, PortNumbers } from '../system/part.ts';
import type { LinkSpeed, System, SystemNode } from '../system/system.ts';
import { bytes, picoseconds } from '../units.ts';
import type { Channel } from './channel.ts';

/** One end of a link: its numbers, and what becomes of TLPs that arrive there. */
interface LinkEnd {
  readonly numbers: PortNumbers;
  readonly latency: Channel['latency'];
  readonly storeAndForward: boolean;
}

/** MPS for which the specification's Ack latency limit is taken: what servers set (pcie-facts, section 5). */
const ACK_LIMIT_MPS = bytes(256);

function dllpBytes(
  policy: DllpPolicy,
  { generation, width }: LinkSpeed,
): { perTlp: number; perWireByte: number } {
  switch (policy.kind) {
    case 'none':
      return { perTlp: 0, perWireByte: 0 };
    case 'per-tlp':
      return { perTlp: policy.count * DLLP_BYTES, perWireByte: 0 };
    case 'specification-limit':
      return { perTlp: 0, perWireByte: dllpBytesPerWireByte(generation, width, ACK_LIMIT_MPS) };
  }
}

/** Ends of ways, and root ports, where all latency belongs to the channels inside the root complex. */
const atOnce = (numbers: PortNumbers): LinkEnd => ({
  numbers,
  latency: picoseconds(0),
  storeAndForward: false,
});

function switchEnd(node: SystemNode): LinkEnd {
  if (node.kind !== 'switch_up') throw new RangeError(`${node.id} is no switch`);
  const { port, latency, forwarding } = node.part;
  return { numbers: port, latency, storeAndForward: forwarding === 'store-and-forward' };
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
  const { generation, width } = port.link.current;
  const flight = sender.numbers.phyLatency + receiver.numbers.phyLatency;
  return {
    id: `link:${port.id}:${direction}`,
    carrier: {
      kind: 'link',
      rate: linkRate(generation, width),
      skp: sender.numbers.skp,
      dllpBytes: dllpBytes(receiver.numbers.dllp, port.link.current),
    },
    flight: picoseconds(flight),
    credits: receiver.numbers.credits,
    creditReturn: picoseconds(flight + receiver.numbers.updateLatency),
    latency: receiver.latency,
    storeAndForward: receiver.storeAndForward,
  };
}
