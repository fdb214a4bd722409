import type { Processes, Program } from '../../engine/processes.ts';
import type { DrivenFlow } from '../driven-flow.ts';
import { Bill, type Spans } from './bill.ts';
import type { Dmabuf, Errno } from './dmabuf.ts';
import type { Actor } from './life-trace.ts';

/** What the exporter did to its buffer, when (ps), and what it cost; the error where it was refused. */
export interface LifeEvent {
  readonly what: 'move' | 'revoke' | 'unrevoke' | 'remove' | 'migrate';
  readonly from: number;
  to: number;
  errno: Errno | null;
  /** Attachments, and those of them that had the buffer mapped. */
  readonly attachments: number;
  readonly mapped: number;
  readonly bill: Bill;
}

/** A copy between two places of the memory, by the exporter's own DMA engine; undefined: there is no way. */
export type CopyOf = (from: number, to: number) => DrivenFlow | undefined;

/** The driver that owns the memory: moves it, takes it away, gives it back. Source: kernel-p2pdma, section 5.1. */
export class Exporter implements Actor {
  readonly name: string;
  readonly events: LifeEvent[] = [];
  /** What importers behind a fence are about, by their fence. */
  readonly work = new Map<Actor, Spans>();
  private readonly buffer: Dmabuf;
  private readonly processes: Processes;
  private readonly copyOf: CopyOf;

  constructor(name: string, buffer: Dmabuf, { processes, copyOf }: { processes: Processes; copyOf: CopyOf }) {
    this.name = name;
    this.buffer = buffer;
    this.processes = processes;
    this.copyOf = copyOf;
  }

  /** Moves the memory to another place; -EOPNOTSUPP where it cannot move, -EBUSY while it is pinned. */
  *move(place: number): Program {
    const event = this.begin('move');
    yield* this.lock(event.bill);
    if (!this.buffer.kind.movable) event.errno = '-EOPNOTSUPP';
    else if (this.buffer.isPinned) event.errno = '-EBUSY';
    else yield* this.moveLocked(this, place, event.bill);
    this.buffer.lock.release(this);
    event.to = this.processes.now;
  }

  /** Moves the memory to the system's for an importer that holds the lock and cannot reach it elsewhere. */
  *migrate(importer: Actor, place: number): Program {
    const event = this.begin('migrate');
    yield* this.moveLocked(importer, place, event.bill);
    event.to = this.processes.now;
  }

  /** Takes the memory away from all; returns when no mapping is left, which an importer that cannot be told may delay for ever. */
  *revoke(what: 'revoke' | 'remove' = 'revoke'): Program {
    const { buffer } = this;
    const event = this.begin(what);
    yield* this.lock(event.bill);
    if (buffer.state === 'live') {
      buffer.setRevoked(this);
      yield* this.invalidate(this, event.bill);
      buffer.lock.release(this);
      buffer.dropOwnReference(this);
      yield* this.secondWait(event.bill);
    } else {
      buffer.lock.release(this);
    }
    if (what === 'remove') buffer.freeProvider(this);
    event.to = this.processes.now;
  }

  /** Gives revoked memory back; -ENODEV where the device has gone. */
  *unrevoke(): Program {
    const event = this.begin('unrevoke');
    yield* this.lock(event.bill);
    if (this.buffer.state === 'revoked') this.buffer.restore(this);
    else if (this.buffer.state === 'dead') event.errno = '-ENODEV';
    this.buffer.lock.release(this);
    event.to = this.processes.now;
  }

  private begin(what: LifeEvent['what']): LifeEvent {
    const { now } = this.processes;
    const { attachments } = this.buffer;
    const mapped = [...attachments].filter(({ mapping }) => mapping !== null).length;
    const bill = new Bill(this.processes);
    const event = { what, from: now, to: now, errno: null, attachments: attachments.size, mapped, bill };
    this.events.push(event);
    return event;
  }

  private *lock(bill: Bill): Program {
    const from = this.processes.now;
    yield* this.buffer.lock.acquire(this);
    bill.charge('lock_wait', from);
  }

  private *moveLocked(actor: Actor, place: number, bill: Bill): Program {
    const { buffer } = this;
    yield* this.invalidate(actor, bill);
    const from = this.processes.now;
    const copy = this.copyOf(buffer.place, place);
    if (copy) {
      copy.post();
      yield* copy.untilEnded();
    }
    bill.charge('copy', from);
    buffer.moved(actor, place);
  }

  /** Tells all attachments, and waits for the fences: the first wait. */
  private *invalidate(actor: Actor, bill: Bill): Program {
    const { buffer } = this;
    for (const attachment of buffer.invalidated(actor)) yield* attachment.invalidate?.(actor, bill) ?? [];
    const from = this.processes.now;
    const last = yield* this.untilGone(buffer.fences);
    bill.chargeWait('fences', from, this.spansOf(last));
    buffer.firstWaitEnds(actor);
  }

  private *secondWait(bill: Bill): Program {
    const { buffer } = this;
    const from = this.processes.now;
    let last: Actor | null = null;
    while (buffer.references > 0) {
      last = [...buffer.attachments].findLast(({ mapping }) => mapping !== null)?.importer ?? last;
      yield buffer.changed;
    }
    bill.chargeWait('unmaps', from, this.spansOf(last));
    buffer.secondWaitEnds(this);
  }

  /** The last of them to go. */
  private *untilGone(actors: ReadonlySet<Actor>): Program<Actor | null> {
    let last: Actor | null = null;
    while (actors.size > 0) {
      [last] = [...actors].slice(-1) as [Actor];
      yield this.buffer.changed;
    }
    return last;
  }

  private spansOf(actor: Actor | null): Spans['list'] {
    return (actor && this.work.get(actor)?.list) ?? [];
  }
}
