import { Lock } from '../../engine/lock.ts';
import type { Condition, Processes } from '../../engine/processes.ts';
import { Attachment, type AttachRequest, type LiveMapping } from './attachment.ts';
import type { ExporterKind } from './exporter-kind.ts';
import { type Actor, LifeTrace } from './life-trace.ts';

/** Errors by which the kernel refuses; what they mean depends on the call. */
export type Errno = '-EOPNOTSUPP' | '-ENODEV' | '-EINVAL' | '-EBUSY';

/** The memory must move to the system before this importer can map it. */
export const MIGRATE = 'migrate';

/** The place of a buffer in its exporter's own memory; the others are in the system's. */
export const DEVICE_PLACE = 0;

/**
 * A shared buffer: who has attached, mapped and pinned it, its reservation lock, its fences and its references. Each operation says
 * by whom it is done, takes no time, and keeps the invariants I1 to I10. Source: Linux drivers/dma-buf/dma-buf.c;
 * kernel-p2pdma, section 5.1.
 */
export class Dmabuf {
  readonly kind: ExporterKind;
  readonly trace: LifeTrace;
  readonly lock: Lock<Actor>;
  /** Woken whenever something happens to the buffer, or to the transfers of its importers. */
  readonly changed: Condition;
  readonly attachments = new Set<Attachment>();
  readonly fences = new Set<Actor>();
  state: 'live' | 'revoking' | 'revoked' | 'dead' = 'live';
  place = DEVICE_PLACE;
  /** One of the exporter's own, and one for each mapping. */
  references = 1;
  private mappedAtRevoke = 0;
  private readonly processes: Processes;

  constructor(kind: ExporterKind, processes: Processes) {
    this.kind = kind;
    this.processes = processes;
    this.trace = new LifeTrace(processes);
    this.lock = new Lock(processes);
    this.changed = processes.condition();
  }

  attach(request: AttachRequest): Attachment | Errno {
    const { importer, invalidate } = request;
    this.unlocked(importer, 'attaches');
    const { revocable, peerOnly } = this.kind;
    if (peerOnly && !request.peerToPeer) return this.refuse(importer, '-EOPNOTSUPP');
    if (this.state === 'dead' || (revocable && this.state !== 'live'))
      return this.refuse(importer, '-ENODEV');
    if (revocable && invalidate === null) return this.refuse(importer, '-EOPNOTSUPP');
    const attachment = new Attachment(request, this.trace);
    if (!peerOnly && !attachment.reaches[DEVICE_PLACE]) attachment.peerToPeer = false;
    this.attachments.add(attachment);
    return attachment;
  }

  detach(attachment: Attachment): void {
    const { importer } = attachment;
    this.unlocked(importer, 'detaches');
    this.trace.check(attachment.mapping === null, 'I9', `${importer.name} detaches, but is still to unmap`);
    attachment.state = 'detached';
    attachment.pinned = false;
    this.attachments.delete(attachment);
    this.changed.wake();
  }

  /** Keeps the memory where it is. A GPU pins its own memory only where all attachments can reach it. */
  pin(actor: Actor, attachment: Attachment): Errno | typeof MIGRATE | null {
    this.locked(actor, 'pins');
    if (!this.kind.pins) return this.refuse(actor, '-EOPNOTSUPP');
    const all = [...this.attachments].every(({ peerToPeer }) => peerToPeer);
    if (this.place === DEVICE_PLACE && !all) return this.isPinned ? this.refuse(actor, '-EINVAL') : MIGRATE;
    attachment.pinned = true;
    return null;
  }

  unpin(actor: Actor, attachment: Attachment): void {
    this.locked(actor, 'unpins');
    attachment.pinned = false;
    this.changed.wake();
  }

  get isPinned(): boolean {
    return [...this.attachments].some(({ pinned }) => pinned);
  }

  map(actor: Actor, attachment: Attachment): LiveMapping | Errno | typeof MIGRATE {
    this.locked(actor, 'maps');
    if (this.state !== 'live') return this.refuse(actor, '-ENODEV');
    this.trace.check(attachment.mapping === null, 'I9', `${attachment.importer.name} maps before it unmaps`);
    const reach = attachment.reaches[this.place] ?? null;
    if (this.place === DEVICE_PLACE && (!attachment.peerToPeer || reach === null)) {
      if (this.kind.peerOnly) return this.refuse(actor, '-EINVAL');
      return this.isPinned ? this.refuse(actor, '-EOPNOTSUPP') : MIGRATE;
    }
    if (reach === null) return this.refuse(actor, '-EINVAL');
    const mapping = { place: this.place, ...reach };
    this.trace.check(reach.address !== 'BUS' || !reach.ownsIova, 'I10', 'a bus address owns an IOVA');
    attachment.mapping = mapping;
    attachment.state = 'mapped';
    // who cannot be told that the memory moves keeps it where it is (Linux dma_buf_pin_on_map)
    if (attachment.isStatic && this.kind.pins) attachment.pinned = true;
    this.references++;
    this.checkReferences();
    return mapping;
  }

  unmap(actor: Actor, attachment: Attachment): void {
    this.locked(actor, 'unmaps');
    this.trace.check(attachment.mapping !== null, 'I9', `${attachment.importer.name} unmaps twice`);
    attachment.checkQuiet(this.processes.now, 'requests');
    attachment.mapping = null;
    attachment.state = 'attached';
    attachment.readOnly = false;
    if (attachment.isStatic) attachment.pinned = false;
    this.references--;
    this.checkReferences();
    this.changed.wake();
  }

  /** The attachments that are to be told that the memory goes; a mapping of theirs is to be unmapped from now on. */
  invalidated(actor: Actor): readonly Attachment[] {
    this.locked(actor, 'invalidates');
    const told = [...this.attachments].filter(({ invalidate }) => invalidate !== null);
    const all = told.length === this.attachments.size;
    this.trace.check(!this.kind.revocable || all, 'I8', 'an attachment cannot be told');
    for (const attachment of told) if (attachment.state === 'mapped') attachment.state = 'invalidated';
    return told;
  }

  addFence(actor: Actor, fence: Actor): void {
    this.locked(actor, 'adds a fence');
    this.fences.add(fence);
  }

  signal(fence: Actor): void {
    this.trace.add(fence, 'signals');
    this.fences.delete(fence);
    this.changed.wake();
  }

  /** All fences have signalled: no write may come any more through what was invalidated. */
  firstWaitEnds(actor: Actor): void {
    this.locked(actor, 'ends the first wait');
    for (const attachment of this.attachments) {
      if (attachment.state !== 'invalidated') continue;
      attachment.checkQuiet(this.processes.now, 'writes');
      attachment.readOnly = true;
    }
  }

  moved(actor: Actor, place: number): void {
    this.locked(actor, 'moves the memory');
    this.trace.check(!this.isPinned, 'I5', `${actor.name} moves pinned memory`);
    const told = [...this.attachments].every(({ state }) => state !== 'mapped');
    this.trace.check(told, 'I9', `${actor.name} moves memory under a mapping that was not told`);
    this.place = place;
    this.changed.wake();
  }

  setRevoked(actor: Actor): void {
    this.locked(actor, 'revokes');
    this.state = 'revoking';
    this.mappedAtRevoke = this.mapped;
  }

  dropOwnReference(actor: Actor): void {
    this.trace.add(actor, 'drops its reference');
    this.references--;
    this.checkReferences();
  }

  /** The last reference is gone: the memory may vanish. */
  secondWaitEnds(actor: Actor): void {
    this.trace.add(actor, 'ends the second wait');
    this.trace.check(this.references === 0, 'I4', `the second wait ends with ${this.references} references`);
    for (const attachment of this.attachments) attachment.checkQuiet(this.processes.now, 'requests');
    this.state = 'revoked';
    this.changed.wake();
  }

  /** The memory is there again. */
  restore(actor: Actor): void {
    this.locked(actor, 'restores');
    this.references = 1;
    this.state = 'live';
    this.changed.wake();
  }

  /** The exporter's device goes, and the provider of its memory with it. */
  freeProvider(actor: Actor): void {
    this.trace.add(actor, 'frees the provider');
    this.state = 'dead';
    this.trace.check(this.mapped === 0, 'I7', 'a mapping outlives its provider');
    this.changed.wake();
  }

  private get mapped(): number {
    return [...this.attachments].filter(({ mapping }) => mapping !== null).length;
  }

  private checkReferences(): void {
    const { mapped } = this;
    const none = this.state === 'live' || mapped <= this.mappedAtRevoke;
    this.trace.check(none, 'I1', 'a new mapping of revoked memory');
    const own = this.references - mapped;
    const good = own === 1 || (own === 0 && this.state !== 'live');
    this.trace.check(good, 'I4', `${this.references} references, but ${mapped} mappings`);
  }

  private refuse(actor: Actor, errno: Errno): Errno {
    this.trace.add(actor, `gets ${errno}`);
    return errno;
  }

  private locked(actor: Actor, verb: string): void {
    this.trace.add(actor, verb);
    this.trace.check(this.lock.holder === actor, 'I6', `${actor.name} ${verb} without the reservation lock`);
  }

  private unlocked(actor: Actor, verb: string): void {
    this.trace.add(actor, verb);
    this.trace.check(
      this.lock.holder !== actor,
      'I6',
      `${actor.name} ${verb} with the reservation lock held`,
    );
  }
}
