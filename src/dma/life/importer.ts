import { Lock } from '../../engine/lock.ts';
import type { Processes, Program } from '../../engine/processes.ts';
import type { Attachment } from './attachment.ts';
import { Bill, Spans } from './bill.ts';
import { type Dmabuf, type Errno, MIGRATE } from './dmabuf.ts';
import type { Exporter } from './exporter.ts';
import type { ImporterFlows, ImporterWork } from './importer-work.ts';
import type { Actor } from './life-trace.ts';
import { drain, takeDown } from './quiesce.ts';

interface Scene {
  readonly buffer: Dmabuf;
  readonly exporter: Exporter;
  readonly processes: Processes;
  /** Of all buffers of drivers that unmap under one mutex. */
  readonly mutex: Lock<Actor>;
}

/** A driver that lets its device use the buffer. Source: kernel-p2pdma, section 5.1. */
export class Importer implements Actor {
  readonly name: string;
  /** Why it does not use the buffer. */
  refused: Errno | null = null;
  /** How often it has mapped. */
  maps = 0;
  private posted = 0;
  private attachment: Attachment | null = null;
  /** It is told to stop. */
  private stopped = false;
  private stoppedAt = 0;
  /** It is about to unmap, behind its fence or after it. */
  private retiring = false;
  /** The event for which it was stopped last, until it goes on. */
  private bill: Bill | null = null;
  private readonly work: ImporterWork;
  private readonly scene: Scene;

  constructor(name: string, work: ImporterWork, scene: Scene) {
    this.name = name;
    this.work = work;
    this.scene = scene;
    for (const flows of work.flows) {
      for (const flow of [flows?.data, flows?.flush]) if (flow) flow.changed = scene.buffer.changed;
      if (flows) flows.data.witness = (posted, time) => this.attachment?.touched(posted, time);
    }
  }

  /** Whether it has made all its transfers, or was refused. */
  done = false;

  *run(): Program {
    const { buffer } = this.scene;
    yield this.work.start;
    this.refused = yield* this.attach();
    if (this.refused === null) yield* this.use();
    if (this.attachment?.pinned) {
      yield* buffer.lock.acquire(this);
      buffer.unpin(this, this.attachment);
      buffer.lock.release(this);
    }
    if (this.attachment) buffer.detach(this.attachment);
    this.done = true;
  }

  private *attach(): Program<Errno | null> {
    const { kind, flows } = this.work;
    const { buffer } = this.scene;
    const attachment = buffer.attach({
      importer: this,
      peerToPeer: kind.attaches !== 'static',
      invalidate: kind.attaches === 'revocable' ? (actor, bill) => this.invalidated(actor, bill) : null,
      reaches: flows,
    });
    if (typeof attachment === 'string') return attachment;
    this.attachment = attachment;
    return kind.pins ? yield* this.pin(attachment) : null;
  }

  private *pin(attachment: Attachment): Program<Errno | null> {
    const { buffer, exporter } = this.scene;
    yield* buffer.lock.acquire(this);
    let answer = buffer.pin(this, attachment);
    if (answer === MIGRATE) {
      yield* exporter.migrate(this, this.work.fallback);
      answer = buffer.pin(this, attachment);
    }
    buffer.lock.release(this);
    return answer === MIGRATE ? '-EINVAL' : answer;
  }

  /** Keeps transfers under way while the buffer is mapped, and maps it when it is not. */
  private *use(): Program {
    const { buffer } = this.scene;
    while (!this.isIdle) {
      if (this.mustMap) {
        const errno = yield* this.map();
        if (errno !== null && !(yield* this.mayComeBack(errno))) return this.fail(errno);
      } else if (this.mayPost) this.post();
      else yield buffer.changed;
    }
    yield* this.leave();
  }

  /** Revoked memory may be given back. */
  private *mayComeBack(errno: Errno): Program<boolean> {
    const { buffer } = this.scene;
    while (buffer.state === 'revoking' || buffer.state === 'revoked') yield buffer.changed;
    return errno === '-ENODEV' && buffer.state === 'live';
  }

  private fail(errno: Errno): void {
    this.refused = errno;
  }

  private get isIdle(): boolean {
    return this.posted >= this.work.transfers && this.attachment?.state !== 'invalidated';
  }

  private get mustMap(): boolean {
    return this.attachment?.state === 'attached' && this.posted < this.work.transfers;
  }

  /** While it may use the mapping; told to stop, the job that has begun goes on behind its fence. */
  private get mayPost(): boolean {
    const { transfers, depth } = this.work;
    const flows = this.flows();
    if (flows === null || this.posted >= transfers) return false;
    if (this.stopped && !this.isWithinJob) return false;
    return flows.data.posted - flows.data.ended < depth;
  }

  private get isWithinJob(): boolean {
    const { transfers, job, kind } = this.work;
    return kind.stops === 'behind-fence' && this.posted < transfers && this.posted % job !== 0;
  }

  /** Those of the place where the buffer is mapped. */
  private flows(): ImporterFlows | null {
    const place = this.attachment?.mapping?.place;
    return place === undefined ? null : (this.work.flows[place] ?? null);
  }

  private post(): void {
    this.flows()?.data.post();
    this.posted++;
    if (this.stopped) return;
    this.bill?.lose('stall', this.scene.processes.now - this.stoppedAt);
    this.bill = null;
  }

  private *map(): Program<Errno | null> {
    const { kind, latencies } = this.work;
    const { buffer, processes } = this.scene;
    const from = processes.now;
    if (kind.faults && this.maps > 0) yield latencies.fault;
    yield* buffer.lock.acquire(this);
    this.bill?.lose('refault', processes.now - from);
    const mapFrom = processes.now;
    const errno = yield* this.mapLocked(this.attachment as Attachment);
    this.bill?.lose('remap', processes.now - mapFrom);
    buffer.lock.release(this);
    return errno;
  }

  private *mapLocked(attachment: Attachment): Program<Errno | null> {
    const { kind, latencies, fallback } = this.work;
    const { buffer, exporter } = this.scene;
    if (attachment.mapping !== null) return null;
    let mapping = buffer.map(this, attachment);
    if (mapping === MIGRATE) {
      yield* exporter.migrate(this, fallback);
      mapping = buffer.map(this, attachment);
    }
    if (typeof mapping === 'string') return mapping === MIGRATE ? '-EINVAL' : mapping;
    if (kind.attaches !== 'revocable') while (buffer.fences.size > 0) yield buffer.changed;
    if (mapping.ownsIova) yield latencies.map;
    yield latencies.fill;
    this.maps++;
    this.stopped = false;
    return null;
  }

  /** The callback: the memory is about to go. */
  private *invalidated(actor: Actor, bill: Bill): Program {
    if (this.attachment?.state !== 'invalidated' || this.retiring) return;
    const { kind, latencies } = this.work;
    const { buffer, exporter, processes, mutex } = this.scene;
    this.stopped = true;
    this.stoppedAt = processes.now;
    this.bill = bill;
    if (kind.stops === 'behind-fence') {
      this.retiring = true;
      buffer.addFence(actor, this);
      exporter.work.set(this, new Spans(processes));
      processes.start(this.retire());
      return;
    }
    const from = processes.now;
    if (kind.mutex) yield* mutex.acquire(this);
    if (kind.faults) yield latencies.zap;
    bill.charge('fan_out', from);
    yield* this.quiesce(bill);
    yield* this.takeDown(bill);
    if (kind.mutex) mutex.release(this);
    buffer.unmap(actor, this.attachment);
  }

  /** Behind the fence: the job that has begun ends, then the mapping goes. */
  private *retire(): Program {
    const { buffer, exporter } = this.scene;
    const spans = exporter.work.get(this) as Spans;
    while (this.isWithinJob) yield buffer.changed;
    yield* this.quiesce(spans);
    buffer.signal(this);
    yield* buffer.lock.acquire(this);
    yield* this.takeDown(spans);
    buffer.unmap(this, this.attachment as Attachment);
    this.retiring = false;
    buffer.lock.release(this);
  }

  private *quiesce(bill: Bill | Spans): Program {
    const flows = this.flows();
    if (flows) yield* drain(flows, this.work.op, { bill, clock: this.scene.processes });
  }

  private *takeDown(bill: Bill | Spans): Program {
    const flows = this.flows();
    const { latencies } = this.work;
    if (flows) yield* takeDown(flows, latencies.unmap, { bill, clock: this.scene.processes });
  }

  /** All transfers are made. */
  private *leave(): Program {
    const { buffer, processes } = this.scene;
    const idle = new Bill(processes);
    yield* this.quiesce(idle);
    yield* buffer.lock.acquire(this);
    if (this.attachment?.state === 'mapped') {
      yield* this.takeDown(idle);
      buffer.unmap(this, this.attachment);
    }
    buffer.lock.release(this);
    while (this.attachment?.mapping) yield buffer.changed;
  }
}
