import type { FabricPlan } from '../../src/fabric/plan.ts';
import { TLP_CLASSES } from '../../src/pcie/tlp-class.ts';
import type { Agenda } from './agenda.ts';
import { Channel, queueNumber } from './channel.ts';
import { Port } from './port.ts';
import { lastChannel, nextChannel, type Tlp } from './tlp.ts';

/** The TLP at the head of a queue, and the channel that it wants. */
interface Head {
  readonly queue: number;
  readonly port: Port;
  readonly tlp: Tlp;
  readonly channel: Channel;
}

/** Channels and ports, and how TLPs go from one to the next. */
export class Machine {
  /** The delivery log: when the tail of each TLP was at the far end of each channel. */
  readonly log: string[] = [];
  readonly ports: readonly Port[];
  private readonly channels: readonly Channel[];
  private readonly agenda: Agenda;

  constructor(plan: FabricPlan, agenda: Agenda) {
    this.agenda = agenda;
    this.channels = plan.outputs.map((output, number) => new Channel(number, output, agenda));
    this.ports = plan.ports.map((port, number) => new Port(number, port, agenda));
  }

  /** Makes the one grant that is the next at this instant, on the first channel that can make one; false when none can. */
  grantOne(): boolean {
    const eligible = this.heads().filter((head) => isEligible(head));
    const first = Math.min(...eligible.map(({ channel }) => channel.number));
    const channel = this.channels[first];
    if (channel === undefined) return false;
    this.grant(channel, byTurns(channel, eligible));
    return true;
  }

  /** Heads of all queues, by number of the queue. */
  private heads(): readonly Head[] {
    const heads: Head[] = [];
    for (const port of this.ports) {
      for (const tlpClass of port.isEmpty ? [] : TLP_CLASSES) {
        const tlp = port.head(tlpClass);
        if (tlp === undefined) continue;
        const channel = this.channels[nextChannel(tlp) as number] as Channel;
        heads.push({ queue: queueNumber(port.number, tlpClass), port, tlp, channel });
      }
    }
    return heads;
  }

  private grant(channel: Channel, { queue, port, tlp }: Head): void {
    const { start, end } = channel.transmit(tlp);
    channel.lastQueue = queue;
    this.channels[channel.plan.reverse]?.oweDllps(channel.dllpBytes(tlp));
    port.release(tlp, start);
    const from = lastChannel(tlp);
    if (from !== undefined) this.channels[from]?.creditsComeBack(tlp, end);
    tlp.granted += 1;
    this.travel(tlp, channel, start, end);
    if (from === undefined) tlp.gone(start);
  }

  /** Over the channel to the port at its far end. */
  private travel(tlp: Tlp, channel: Channel, start: number, end: number): void {
    const { agenda } = this;
    const { flight } = channel.plan;
    const tail = end + flight;
    const next = this.channels[nextChannel(tlp) ?? -1];
    const port = next && this.ports[channel.plan.port];
    port?.expect(tlp);
    if (next) agenda.at(start + flight, 'arrival', () => port?.headArrives(tlp, tail, next.overlap(tlp)));
    agenda.at(tail, 'arrival', () => {
      this.log.push(`${tail} ${tlp.name} ${channel.plan.id}`);
      if (port) port.tailArrives(tlp);
      else this.end(tlp, channel);
    });
  }

  /** The tail is at the end of the way, where it is taken up at once. */
  private end(tlp: Tlp, channel: Channel): void {
    channel.creditsComeBack(tlp, this.agenda.now);
    tlp.delivered();
  }
}

/** The head whose queue comes next after the one that the channel granted last. */
function byTurns(channel: Channel, eligible: readonly Head[]): Head {
  const heads = eligible.filter((head) => head.channel === channel);
  return (heads.find(({ queue }) => queue > channel.lastQueue) ?? heads[0]) as Head;
}

/** Whether the channel that the head wants could take it now. */
function isEligible({ tlp, port, channel }: Head): boolean {
  if (!tlp.ready || !port.readable || !channel.free || !channel.hasRoomFor(tlp)) return false;
  const mayLeave = lastChannel(tlp) !== undefined || tlp.mayGo();
  return mayLeave && !port.holdsBack(tlp);
}
