import type { FabricPlan } from '../../src/fabric/plan.ts';
import { Account } from './account.ts';
import type { Agenda } from './agenda.ts';
import { Channel, rankOf, type Transmission } from './channel.ts';
import { cut } from './cut.ts';
import { DestinationChange } from './destination-change.ts';
import { Port } from './port.ts';
import { isAtMaker, nextChannel, type Tlp } from './tlp.ts';

/** The TLP at the head of a queue, and the channel that it wants. */
interface Head {
  readonly rank: number;
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
  private readonly changes: DestinationChange;
  private readonly agenda: Agenda;

  constructor(plan: FabricPlan, agenda: Agenda, seed: string) {
    this.agenda = agenda;
    const buffers = plan.sharedBuffers.map((blocks) => new Account(null, blocks));
    this.channels = plan.outputs.map((output, number) => {
      const shared = buffers[output.sharedBuffer] ?? null;
      return new Channel(number, output, { agenda, seed, shared });
    });
    this.ports = plan.ports.map((port, number) => new Port(number, port, agenda));
    this.changes = new DestinationChange(plan, agenda);
  }

  /** Makes the one grant that is the next at this instant, on the first channel that can make one; false when none can. */
  grantOne(): boolean {
    const eligible = this.heads().filter((head) => this.isEligible(head));
    const first = Math.min(...eligible.map(({ channel }) => channel.number));
    const channel = this.channels[first];
    if (channel === undefined) return false;
    this.grant(byTurns(eligible.filter((head) => head.channel === channel)));
    return true;
  }

  /** Heads of all queues, by rank. */
  private heads(): readonly Head[] {
    return this.ports.flatMap((port) =>
      port
        .heads()
        .map((tlp): Head => {
          const channel = this.channels[nextChannel(tlp) as number] as Channel;
          return { rank: rankOf(port.number, tlp.class), port, tlp, channel };
        })
        .sort((a, b) => a.rank - b.rank),
    );
  }

  /** Whether the channel that the head wants could take it now. */
  private isEligible({ tlp, port, channel }: Head): boolean {
    if (!tlp.ready || !port.readable || !channel.free || !channel.hasRoomFor(tlp)) return false;
    if (port.holdsBack(tlp) || this.changes.holdsBack(tlp, port)) return false;
    return !isAtMaker(tlp) || tlp.mayGo();
  }

  private grant({ rank, port, tlp, channel }: Head): void {
    const transmission = channel.transmit(tlp, rank);
    const { start, end } = transmission;
    this.channels[channel.plan.reverse]?.oweDllps(channel.dllpBytes(tlp));
    port.release(tlp, start);
    this.changes.left(tlp, port, start);
    this.giveBackPlace(tlp, end);
    tlp.place = channel.takePlace(tlp);
    const left = isAtMaker(tlp);
    tlp.granted += 1;
    this.travel(tlp, channel, transmission);
    if (left) tlp.gone(start, end);
  }

  private giveBackPlace({ place }: Tlp, time: number): void {
    if (place) this.channels[place.channel]?.placeComesBack(place, time);
  }

  /** Over the channel to the port at its far end. */
  private travel(tlp: Tlp, channel: Channel, transmission: Transmission): void {
    const { agenda } = this;
    const { head, tail } = channel.arrivals(tlp, transmission);
    const next = this.channels[nextChannel(tlp) ?? -1];
    if (next) this.enter(tlp, this.ports[channel.plan.port] as Port, { head, tail });
    agenda.at(tail, 'arrival', () => {
      this.log.push(`${tail} ${tlp.name} ${channel.plan.id}`);
      if (!next) this.end(tlp);
    });
  }

  /** Into a port on its way, where it is translated, and then cut if the channel that it wants next says so. */
  private enter(tlp: Tlp, port: Port, { head, tail }: { head: number; tail: number }): void {
    const next = this.channels[nextChannel(tlp) as number] as Channel;
    const translated = port.translate(tlp, head);
    const { recut } = next.plan;
    for (const piece of recut > 0 ? cut(tlp, recut) : [tlp]) {
      port.expect(piece);
      port.arrives(piece, { head, tail, translated, overlap: next.overlap(piece) });
    }
  }

  /** The tail is at the end of the way, where it is taken up at once. */
  private end(tlp: Tlp): void {
    this.giveBackPlace(tlp, this.agenda.now);
    tlp.delivered(tlp.payload);
  }
}

/** Of the heads that a channel could take, by rank: the one in turn. */
function byTurns(heads: readonly Head[]): Head {
  const [first] = heads as [Head, ...Head[]];
  const { lastRank, inRow } = first.channel;
  const again = heads.find(({ rank, port }) => rank === lastRank && inRow < port.plan.weight);
  return again ?? heads.find(({ rank }) => rank > lastRank) ?? first;
}
