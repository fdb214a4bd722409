import { type AttachRequest, Attachment, type Reach } from '../../src/dma/life/attachment.ts';
import { Dmabuf } from '../../src/dma/life/dmabuf.ts';
import { EXPORTER_KINDS, type ExporterKind } from '../../src/dma/life/exporter-kind.ts';
import type { Actor } from '../../src/dma/life/life-trace.ts';
import { PendingEvents } from '../../src/engine/pending-events.ts';
import { Processes, type Program } from '../../src/engine/processes.ts';

export const BUS: Reach = { address: 'BUS', ownsIova: false };
export const IOVA: Reach = { address: 'IOVA', ownsIova: true };
export const EXPORTER: Actor = { name: 'exporter' };
export const IMPORTER: Actor = { name: 'importer' };

function* told(): Program {}

/** A buffer on its own at time 0, without any device, for steps that take no time. */
export class DmabufWorld {
  readonly buffer: Dmabuf;

  constructor(kind: ExporterKind['name']) {
    this.buffer = new Dmabuf(EXPORTER_KINDS[kind], new Processes(new PendingEvents()));
  }

  /** What an importer asks that can be told, by bus address in the device and by IOVA in the system, unless changed. */
  attach(changes: Partial<AttachRequest> = {}): Attachment | string {
    return this.buffer.attach({
      importer: IMPORTER,
      peerToPeer: true,
      invalidate: told,
      reaches: [BUS, IOVA],
      ...changes,
    });
  }

  attached(changes: Partial<AttachRequest> = {}): Attachment {
    const attachment = this.attach(changes);
    if (attachment instanceof Attachment) return attachment;
    throw new Error(`attach failed: ${attachment}`);
  }

  /** Does something as `actor` with the reservation lock, which must be free. */
  locked<T>(actor: Actor, act: () => T): T {
    if (this.buffer.lock.holder !== null) throw new Error('the lock is taken');
    for (const wait of this.buffer.lock.acquire(actor)) throw new Error(`waits for ${String(wait)}`);
    try {
      return act();
    } finally {
      this.buffer.lock.release(actor);
    }
  }

  map(attachment: Attachment) {
    return this.locked(IMPORTER, () => this.buffer.map(IMPORTER, attachment));
  }

  unmap(attachment: Attachment): void {
    this.locked(IMPORTER, () => this.buffer.unmap(IMPORTER, attachment));
  }

  /** Flag, callbacks, and the first wait, with the exporter holding the lock throughout; then its own reference goes. */
  revoke(): void {
    this.locked(EXPORTER, () => {
      this.buffer.setRevoked(EXPORTER);
      this.buffer.invalidated(EXPORTER);
      this.buffer.firstWaitEnds(EXPORTER);
    });
    this.buffer.dropOwnReference(EXPORTER);
  }
}
