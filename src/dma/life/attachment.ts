import type { AddressKind } from '../../pcie/address-kind.ts';
import type { Program } from '../../engine/processes.ts';
import type { Bill } from './bill.ts';
import type { Actor, LifeTrace } from './life-trace.ts';

/** The importer's callback: `invalidate_mappings`, older `move_notify`. Runs with the reservation lock held by `actor`. */
export type Invalidate = (actor: Actor, bill: Bill) => Program;

export interface AttachRequest {
  readonly importer: Actor;
  /** The importer can use memory of a peer, also where it has no pages. */
  readonly peerToPeer: boolean;
  /** Null: it cannot be told that the memory goes. */
  readonly invalidate: Invalidate | null;
  /** By place of the memory: how the importer's device reaches it there; null: the kernel refuses it. */
  readonly reaches: readonly (Reach | null)[];
}

/** By which address a device reaches memory, and whether a range of I/O virtual addresses belongs to it. */
export interface Reach {
  readonly address: AddressKind;
  readonly ownsIova: boolean;
}

/** Where the memory was when it was mapped, and how the importer reaches it. */
export interface LiveMapping extends Reach {
  readonly place: number;
}

/** One importer's claim on a buffer. */
export class Attachment {
  readonly importer: Actor;
  readonly invalidate: Invalidate | null;
  readonly reaches: readonly (Reach | null)[];
  /** Without importer operations: it can be told nothing, and its mapping pins the memory. */
  readonly isStatic: boolean;
  peerToPeer: boolean;
  state: 'attached' | 'mapped' | 'invalidated' | 'detached' = 'attached';
  pinned = false;
  mapping: LiveMapping | null = null;
  /** The first wait is over: what is still in flight may be read and thrown away, but no write may come. */
  readOnly = false;
  private lastWrite = 0;
  private lastAccess = 0;
  private readonly trace: LifeTrace;

  constructor({ importer, peerToPeer, invalidate, reaches }: AttachRequest, trace: LifeTrace) {
    this.importer = importer;
    this.peerToPeer = peerToPeer;
    this.invalidate = invalidate;
    this.isStatic = invalidate === null && !peerToPeer;
    this.reaches = reaches;
    this.trace = trace;
  }

  /** A request of the importer's device will be at the memory at `time`. */
  touched(posted: boolean, time: number): void {
    this.lastAccess = Math.max(this.lastAccess, time);
    if (posted) this.lastWrite = Math.max(this.lastWrite, time);
    const what = `${posted ? 'a write' : 'a read'} of ${this.importer.name} reaches the memory`;
    this.trace.check(this.mapping !== null, 'I2', `${what} without a mapping`);
    this.trace.check(!(posted && this.readOnly), 'I3', `${what} after the first wait`);
  }

  /** Nothing that is under way may come later than `now`, be it of any request or of writes alone. */
  checkQuiet(now: number, what: 'requests' | 'writes'): void {
    const quiet = (what === 'writes' ? this.lastWrite : this.lastAccess) <= now;
    const wait = what === 'writes' ? 'the first wait' : 'its mapping';
    this.trace.check(
      quiet,
      what === 'writes' ? 'I3' : 'I2',
      `${what} of ${this.importer.name} come after ${wait} has ended`,
    );
  }
}
