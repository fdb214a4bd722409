import type { OutputPlan } from '../../src/fabric/plan.ts';
import { TLP_CLASSES, type TlpClass } from '../../src/pcie/tlp-class.ts';
import { Account } from './account.ts';
import type { Agenda } from './agenda.ts';
import type { Tlp } from './tlp.ts';

/** One direction of a link, or a serial channel inside a root complex, with the arbiter that feeds it. */
export class Channel {
  readonly number: number;
  readonly plan: OutputPlan;
  /** Whether the transmission of the last TLP has ended. */
  free = true;
  /** Queue that was granted last: 3 x port + class; -1 before the first grant. */
  lastQueue = -1;
  private lastEnd = 0;
  /** Until when this channel is owed the DLLPs for what came the other way. */
  private dllpsUntil = 0;
  private readonly credits: Readonly<Record<TlpClass, Account>>;
  private readonly agenda: Agenda;

  constructor(number: number, plan: OutputPlan, agenda: Agenda) {
    this.number = number;
    this.plan = plan;
    this.agenda = agenda;
    const account = (name: TlpClass) => new Account(plan.credits[name].headers, plan.credits[name].data);
    this.credits = {
      posted: account('posted'),
      nonposted: account('nonposted'),
      completion: account('completion'),
    };
  }

  /** Whether the far end has room for the TLP. */
  hasRoomFor(tlp: Tlp): boolean {
    return this.credits[tlp.class].covers(tlp.dataCredits);
  }

  /** How long the TLP is on the channel. */
  occupancy({ wireBytes, payload }: Tlp): number {
    return Math.round(wireBytes * this.plan.psPerWireByte + payload * this.plan.psPerPayloadByte);
  }

  /** How long before its tail a TLP may start: channels inside a root complex take whole TLPs. */
  overlap(tlp: Tlp): number {
    return this.plan.kind === 'scope' ? 0 : this.occupancy(tlp);
  }

  /** Begins to transmit, after the DLLPs that are due; answers when the head and the tail of the TLP leave. */
  transmit(tlp: Tlp): { readonly start: number; readonly end: number } {
    const start = Math.max(this.agenda.now, this.dllpsUntil);
    const end = start + this.occupancy(tlp);
    this.credits[tlp.class].take(tlp.dataCredits);
    this.free = false;
    this.lastEnd = end;
    this.agenda.at(end, 'return', () => {
      this.free = true;
    });
    return { start, end };
  }

  /** The buffer at the far end gets free at `time`; its credits are here when the UpdateFC has come. */
  creditsComeBack(tlp: Tlp, time: number): void {
    this.agenda.at(time + this.plan.creditReturn, 'return', () => {
      this.credits[tlp.class].giveBack(tlp.dataCredits);
    });
  }

  /** This many bytes of DLLPs are to be sent here. */
  oweDllps(bytes: number): void {
    const begin = Math.max(this.dllpsUntil, this.lastEnd, this.agenda.now);
    this.dllpsUntil = begin + Math.round(bytes * this.plan.psPerWireByte);
  }

  /** DLLP bytes that the far end sends back for a TLP. */
  dllpBytes({ wireBytes }: Tlp): number {
    return this.plan.dllpBytesPerTlp + this.plan.dllpBytesPerWireByte * wireBytes;
  }
}

/** Number of the queue of a class at a port. */
export const queueNumber = (port: number, tlpClass: TlpClass): number =>
  port * 3 + TLP_CLASSES.indexOf(tlpClass);
