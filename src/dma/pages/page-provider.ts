import type { Condition, Processes } from '../../engine/processes.ts';
import type { Bar } from '../../system/system.ts';
import { type Bytes, bytes } from '../../units.ts';
import type { Actor } from '../life/life-trace.ts';
import { PAGE, PageMap, pagesFor, SUBSECTION } from './page-map.ts';
import { PagesTrace } from './pages-trace.ts';
import { PoolUse } from './pool-use.ts';

/** A part of a memory BAR; size 0: all from the offset on. */
export interface PageResource {
  /** Place among the function's BARs, from 0. */
  readonly bar: number;
  readonly size: Bytes;
  readonly offset: Bytes;
}

/** Pages of a pool that someone holds. */
export interface PageBlock {
  readonly map: PageMap;
  readonly first: number;
  readonly pages: number;
}

/** A scatterlist of peer memory, which has one entry. */
export interface PageList {
  readonly entries: readonly [PageBlock];
}

/** Blocks of one actor, and when the last request of its device is at the memory. */
interface Holder {
  blocks: number;
  lastAccess: number;
}

interface Setting {
  readonly bars: readonly Bar[];
  /** Whether the kernel is a 64-bit one; others have no ZONE_DEVICE, and none of this. */
  readonly wide: boolean;
  readonly processes: Processes;
}

/**
 * Memory of a device with a `struct page` for each page of it: resources, their pool, references, and the end. Each operation
 * says by whom it is done, takes no time, and keeps the invariants P1 to P6. Source: Linux drivers/pci/p2pdma.c;
 * kernel-p2pdma, section 5.2.
 */
export class PageProvider {
  readonly trace: PagesTrace;
  /** Woken whenever references go. */
  readonly changed: Condition;
  readonly use: PoolUse;
  state: 'bound' | 'unbinding' | 'unbound' = 'bound';
  published = false;
  private readonly maps: PageMap[] = [];
  private readonly blocks = new Set<PageBlock>();
  private readonly holders = new Map<Actor, Holder>();
  private userPages = 0;
  private readonly setting: Setting;

  constructor(setting: Setting) {
    this.setting = setting;
    this.trace = new PagesTrace(setting.processes);
    this.changed = setting.processes.condition();
    this.use = new PoolUse(setting.processes);
  }

  get references(): number {
    return this.maps.reduce((sum, map) => sum + map.references, 0);
  }

  get size(): Bytes {
    return bytes(PAGE * this.maps.reduce((sum, map) => sum + map.pages, 0));
  }

  get available(): Bytes {
    return bytes(PAGE * this.maps.reduce((sum, map) => sum + map.free, 0));
  }

  /** Memory for those who look for some: bound and published. */
  get offers(): boolean {
    return this.published && this.state === 'bound';
  }

  /** Makes pages of a part of a memory BAR. Null where it is done; ZONE_DEVICE wants its range aligned. */
  addResource(actor: Actor, { bar, size, offset }: PageResource): '-EINVAL' | '-EOPNOTSUPP' | null {
    this.trace.add(actor, `adds BAR ${bar}`);
    const { bars, wide } = this.setting;
    if (!wide) return '-EOPNOTSUPP';
    const found = bars[bar];
    if (found?.kind !== 'memory' || offset >= found.size) return '-EINVAL';
    const length = size === 0 ? found.size - offset : size;
    if (offset + length > found.size) return '-EINVAL';
    if (((found.address ?? 0) + offset) % SUBSECTION !== 0 || length % SUBSECTION !== 0) return '-EINVAL';
    this.maps.unshift(new PageMap(length / PAGE));
    return null;
  }

  publish(actor: Actor, published: boolean): void {
    this.trace.add(actor, published ? 'publishes' : 'hides');
    this.published = published;
  }

  /** Whole pages for `size` bytes from the pool, with one reference; null where it has no room or the provider goes. */
  alloc(actor: Actor, size: Bytes): PageBlock | null {
    this.trace.add(actor, `allocates ${size} B`);
    const block = this.take(pagesFor(size));
    if (block === null) return null;
    this.blocks.add(block);
    this.holder(actor).blocks++;
    this.refer(block.map, 1);
    return block;
  }

  allocList(actor: Actor, size: Bytes): PageList | null {
    const block = this.alloc(actor, size);
    return block && { entries: [block] };
  }

  free(actor: Actor, block: PageBlock): void {
    this.trace.add(actor, `frees ${block.pages} pages`);
    this.trace.check(this.blocks.delete(block), 'P3', `${actor.name} frees what is not allocated`);
    const holder = this.holder(actor);
    holder.blocks--;
    const quiet = holder.blocks > 0 || holder.lastAccess <= this.setting.processes.now;
    this.trace.check(quiet, 'P4', `${actor.name} frees what its requests are still to reach`);
    this.give(block);
    this.refer(block.map, -1);
  }

  /** Pages for a user's mapping, with a reference each. */
  takeUserPages(actor: Actor, pages: number): PageBlock | null {
    this.trace.add(actor, `maps ${pages} pages`);
    const block = this.take(pages);
    if (block === null) return null;
    this.userPages += pages;
    this.refer(block.map, pages);
    return block;
  }

  /** The last user of a page has gone. */
  dropUserPage(actor: Actor, map: PageMap, page: number): void {
    this.trace.add(actor, `drops page ${page}`);
    this.give({ map, first: page, pages: 1 });
    this.userPages--;
    this.refer(map, -1);
  }

  /** A request of a device will be at the memory at `time`. */
  touched(actor: Actor, time: number): void {
    const holder = this.holder(actor);
    holder.lastAccess = Math.max(holder.lastAccess, time);
    const text = `a request of ${actor.name} reaches the memory`;
    this.trace.check(this.state !== 'unbound', 'P4', `${text} after the unbind`);
    this.trace.check(holder.blocks > 0, 'P4', `${text}, of which it has allocated nothing`);
  }

  /** The pool's pointer is cleared: nobody gets anything any more. */
  beginUnbind(actor: Actor): void {
    this.trace.add(actor, 'clears the pool');
    this.state = 'unbinding';
  }

  /** All references are gone, and the pages with them. */
  endUnbind(actor: Actor): void {
    this.trace.add(actor, 'ends the unbind');
    const { references } = this;
    this.trace.check(references === 0, 'P6', `the unbind ends with ${references} references`);
    this.state = 'unbound';
  }

  private holder(actor: Actor): Holder {
    const holder = this.holders.get(actor) ?? { blocks: 0, lastAccess: 0 };
    this.holders.set(actor, holder);
    return holder;
  }

  private take(pages: number): PageBlock | null {
    if (this.state !== 'bound') return null;
    for (const map of this.maps) {
      const first = map.take(pages);
      if (first === null) continue;
      this.use.add(pages);
      return { map, first, pages };
    }
    return null;
  }

  private give({ map, first, pages }: PageBlock): void {
    this.trace.check(map.give(first, pages), 'P3', `pages from ${first} on are given back twice`);
    this.use.add(-pages);
  }

  private refer(map: PageMap, change: number): void {
    this.trace.check(change < 0 || this.state === 'bound', 'P5', 'a new reference while unbinding');
    map.references += change;
    this.trace.check(map.references >= 0, 'P1', `${map.references} references`);
    const { references, blocks, userPages } = this;
    const counted = userPages >= 0 && references === blocks.size + userPages;
    this.trace.check(
      counted,
      'P1',
      `${references} references, but ${blocks.size} blocks and ${userPages} pages`,
    );
    const taken = this.maps.reduce((sum, each) => sum + each.pages - each.free, 0);
    this.trace.check(taken === this.use.used, 'P2', `${taken} pages are taken, ${this.use.used} given out`);
    if (change < 0) this.changed.wake();
  }
}
