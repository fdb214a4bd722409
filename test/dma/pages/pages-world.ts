import type { Actor } from '../../../src/dma/life/life-trace.ts';
import { PageProvider } from '../../../src/dma/pages/page-provider.ts';
import { type Removal, unbind } from '../../../src/dma/pages/unbind.ts';
import { UserPages } from '../../../src/dma/pages/user-pages.ts';
import { PendingEvents } from '../../../src/engine/pending-events.ts';
import { Processes, type Program } from '../../../src/engine/processes.ts';
import type { Bar } from '../../../src/system/system.ts';
import { bytes, picoseconds } from '../../../src/units.ts';

export const DRIVER: Actor = { name: 'driver' };
export const CLIENT: Actor = { name: 'client' };
export const MIB = 2 ** 20;
export const PAGE = 4096;

const BARS: readonly Bar[] = [
  { kind: 'io', size: bytes(256), address: null },
  { kind: 'memory', size: bytes(16 * MIB), address: 0x6000000000 },
];

/** A provider with an I/O BAR (0) and 16 MiB of memory (1), without any device, for steps and programs of drivers. */
export class PagesWorld {
  readonly provider: PageProvider;
  readonly users: UserPages;
  readonly removals: Removal[] = [];
  readonly processes: Processes;
  private readonly events = new PendingEvents();

  constructor({ bars = BARS, wide = true }: { bars?: readonly Bar[]; wide?: boolean } = {}) {
    this.processes = new Processes(this.events);
    this.provider = new PageProvider({ bars, wide, processes: this.processes });
    this.users = new UserPages(this.provider);
  }

  add(size: number, { bar = 1, offset = 0 }: { bar?: number; offset?: number } = {}) {
    return this.provider.addResource(DRIVER, { bar, size: bytes(size), offset: bytes(offset) });
  }

  alloc(pages: number) {
    return this.provider.alloc(CLIENT, bytes(pages * PAGE));
  }

  /** As `alloc`, where there must be room. */
  allocated(pages: number) {
    const block = this.alloc(pages);
    if (block === null) throw new Error(`there is no room for ${pages} pages`);
    return block;
  }

  /** The driver unbinds, with a grace period of `grace` ps. */
  unbind(grace = 0): void {
    const { provider, users, processes } = this;
    this.start(unbind(DRIVER, { provider, users, processes, grace: picoseconds(grace) }, this.removals));
  }

  start(program: Program): void {
    this.processes.start(program);
  }

  /** Lets time pass until nothing is pending. */
  run(): void {
    while (this.events.next()) this.processes.resume(this.events.component);
  }
}

/** A provider with a pool of so many MiB. */
export function withPool(mib = 2): PagesWorld {
  const world = new PagesWorld();
  if (world.add(mib * MIB) !== null) throw new Error('the resource is refused');
  return world;
}
