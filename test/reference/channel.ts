import type { OutputPlan } from '../../src/fabric/plan.ts';
import { TLP_CLASSES, type TlpClass } from '../../src/pcie/tlp-class.ts';
import { Account } from './account.ts';
import type { Agenda } from './agenda.ts';
import { BitErrors } from './bit-errors.ts';
import type { Place, Tlp } from './tlp.ts';

export interface Transmission {
  /** When the channel begins with the TLP; with its good transmission; and when it has ended. */
  readonly start: number;
  readonly goodStart: number;
  readonly end: number;
}

/** What a channel works with beside its plan. */
export interface Setting {
  readonly agenda: Agenda;
  readonly seed: string;
  /** Blocks of the shared buffer at its far end; null: it has none. */
  readonly shared: Account | null;
}

/** One direction of a link, or a serial channel inside a root complex, with the arbiter that feeds it. */
export class Channel {
  readonly number: number;
  readonly plan: OutputPlan;
  /** Whether the transmission of the last TLP has ended. */
  free = true;
  /** Rank of the queue that was granted last (3 x port + class; -1 before the first grant), and how often in a row. */
  lastRank = -1;
  inRow = 0;
  private lastEnd = 0;
  /** Until when this channel is owed the DLLPs for what came the other way. */
  private dllpsUntil = 0;
  private readonly credits: Readonly<Record<TlpClass, Account>>;
  private readonly replayBuffer: Account;
  private readonly bitErrors: BitErrors;
  private readonly shared: Account | null;
  private readonly agenda: Agenda;

  constructor(number: number, plan: OutputPlan, { agenda, seed, shared }: Setting) {
    this.number = number;
    this.plan = plan;
    this.agenda = agenda;
    this.shared = shared;
    this.replayBuffer = new Account(null, plan.replay.buffer);
    this.bitErrors = new BitErrors(plan, seed);
    const account = (name: TlpClass) => new Account(plan.credits[name].headers, plan.credits[name].data);
    this.credits = {
      posted: account('posted'),
      nonposted: account('nonposted'),
      completion: account('completion'),
    };
  }

  /** Whether the far end has room for the TLP, and this end for its copy. */
  hasRoomFor(tlp: Tlp): boolean {
    const room = this.credits[tlp.class].covers(tlp.dataCredits) || this.sharedCovers(tlp);
    return room && this.replayBuffer.covers(this.wireBytes(tlp));
  }

  wireBytes({ bytes }: Tlp): number {
    return bytes + this.plan.framing;
  }

  /** How long the TLP is on the channel. */
  occupancy(tlp: Tlp): number {
    const { psPerWireByte, psPerPayloadByte } = this.plan;
    return Math.round(this.wireBytes(tlp) * psPerWireByte + tlp.payload * psPerPayloadByte);
  }

  /** How long before its tail a TLP may start: channels inside a root complex take whole TLPs. */
  overlap(tlp: Tlp): number {
    return this.plan.kind === 'scope' ? 0 : this.occupancy(tlp);
  }

  /** Begins to transmit, after the DLLPs that are due. */
  transmit(tlp: Tlp, rank: number): Transmission {
    const start = Math.max(this.agenda.now, this.dllpsUntil);
    const occupancy = this.occupancy(tlp);
    const goodStart = start + this.bitErrors.timeLost(this.wireBytes(tlp), occupancy);
    const end = goodStart + occupancy;
    this.inRow = rank === this.lastRank ? this.inRow + 1 : 1;
    this.lastRank = rank;
    this.free = false;
    this.lastEnd = end;
    this.agenda.at(end, 'return', () => {
      this.free = true;
    });
    this.keepCopy(this.wireBytes(tlp), end);
    return { start, goodStart, end };
  }

  /** The place behind the channel that a TLP takes; those of its own class go first. */
  takePlace(tlp: Tlp): Place {
    const data = tlp.dataCredits;
    const shared = !this.credits[tlp.class].covers(data);
    if (shared) this.shared?.take(data + 1);
    else this.credits[tlp.class].take(data);
    return { channel: this.number, class: tlp.class, data, shared };
  }

  /** The place gets free at `time`; it can be taken again when the UpdateFC has come. */
  placeComesBack({ class: tlpClass, data, shared }: Place, time: number): void {
    const { updatePeriod, creditReturn } = this.plan;
    const announced = updatePeriod > 0 ? Math.ceil(time / updatePeriod) * updatePeriod : time;
    this.agenda.at(announced + creditReturn, 'return', () => {
      if (shared) this.shared?.giveBack(data + 1);
      else this.credits[tlpClass].giveBack(data);
    });
  }

  /** When the head and the tail of a transmission are at the far end: where there are flits, with the ends of theirs. */
  arrivals(tlp: Tlp, { goodStart, end }: Transmission): { readonly head: number; readonly tail: number } {
    const { flitTime, flight, psPerWireByte } = this.plan;
    if (flitTime === 0) return { head: goodStart + flight, tail: end + flight };
    const flitEnd = (time: number) => Math.ceil(time / flitTime) * flitTime;
    const headEnd = goodStart + Math.round(tlp.headerBytes * psPerWireByte);
    return { head: flitEnd(headEnd) + flight, tail: flitEnd(end) + flight };
  }

  /** This many bytes of DLLPs are to be sent here. */
  oweDllps(bytes: number): void {
    const begin = Math.max(this.dllpsUntil, this.lastEnd, this.agenda.now);
    this.dllpsUntil = begin + Math.round(bytes * this.plan.psPerWireByte);
  }

  /** DLLP bytes that the far end sends back for a TLP. */
  dllpBytes(tlp: Tlp): number {
    return this.plan.dllpBytesPerTlp + this.plan.dllpBytesPerWireByte * this.wireBytes(tlp);
  }

  private sharedCovers({ dataCredits }: Tlp): boolean {
    return this.shared?.covers(dataCredits + 1) ?? false;
  }

  private keepCopy(bytes: number, end: number): void {
    this.replayBuffer.take(bytes);
    this.agenda.at(end + this.plan.replay.ackReturn, 'return', () => this.replayBuffer.giveBack(bytes));
  }
}

/** Number of the queue of a class at a port, among the turns of a channel. */
export const rankOf = (port: number, tlpClass: TlpClass): number => port * 3 + TLP_CLASSES.indexOf(tlpClass);
