import { allocateMmap, type AllocateMmap } from '../../policy/buffer-source-mmap.ts';
import { bufferSource } from '../../policy/buffer-source.ts';
import type { Bytes } from '../../units.ts';
import type { Actor } from '../life/life-trace.ts';
import { pagesFor } from './page-map.ts';
import type { PageBlock, PageProvider } from './page-provider.ts';

/** Flags of `pin_user_pages`. */
export interface PinFlags {
  /** FOLL_PCI_P2PDMA: the caller knows what to do with pages of a peer. */
  readonly peerPages: boolean;
  readonly longTerm: boolean;
}

/** A process's mapping of memory of a provider: which pages it maps still, and how often each is pinned. */
export class UserMapping {
  readonly block: PageBlock;
  mapped = true;
  readonly pins: number[];

  constructor(block: PageBlock) {
    this.block = block;
    this.pins = Array.from({ length: block.pages }, () => 0);
  }
}

/**
 * The sysfs file `p2pmem/allocate` of a provider, by whose mappings processes get pages of the pool: a page goes back when it is
 * neither mapped nor pinned any more. Source: Linux `p2pmem_alloc_mmap`, mm/gup.c; kernel-p2pdma, section 5.2.
 */
export class UserPages {
  private readonly provider: PageProvider;
  private readonly mappings = new Set<UserMapping>();

  constructor(provider: PageProvider) {
    this.provider = provider;
  }

  mmap(actor: Actor, size: Bytes, how: AllocateMmap): UserMapping | '-EINVAL' | '-ENODEV' | '-ENOMEM' {
    if (!allocateMmap(how).allowed) return '-EINVAL';
    if (this.provider.state !== 'bound') return '-ENODEV';
    const block = this.provider.takeUserPages(actor, pagesFor(size));
    if (block === null) return '-ENOMEM';
    const mapping = new UserMapping(block);
    this.mappings.add(mapping);
    return mapping;
  }

  munmap(actor: Actor, mapping: UserMapping): void {
    if (!this.mappings.delete(mapping)) throw new RangeError(`${actor.name} unmaps what is not mapped`);
    mapping.mapped = false;
    mapping.pins.forEach((_, page) => this.drop(actor, mapping, page));
  }

  /** Pins all pages of a mapping, for DMA that its process asks for; a long pin of peer memory is refused. */
  pin(actor: Actor, mapping: UserMapping, flags: PinFlags): '-EINVAL' | '-EREMOTEIO' | '-EFAULT' | null {
    if (!flags.peerPages) return '-EREMOTEIO';
    const source = flags.longTerm ? 'O_DIRECT with FOLL_LONGTERM' : 'O_DIRECT';
    if (!bufferSource(source, 'paged').allowed) return '-EINVAL';
    if (!mapping.mapped) return '-EFAULT';
    this.provider.trace.add(actor, 'pins');
    mapping.pins.forEach((pins, page) => {
      mapping.pins[page] = pins + 1;
    });
    return null;
  }

  /** Takes one pin of all pages back. Throws RangeError where there is none. */
  unpin(actor: Actor, mapping: UserMapping): void {
    mapping.pins.forEach((pins, page) => {
      if (pins === 0) throw new RangeError(`${actor.name} unpins what is not pinned`);
      mapping.pins[page] = pins - 1;
      if (!mapping.mapped) this.drop(actor, mapping, page);
    });
  }

  /** The file goes, and all mappings with it; pins stay. */
  tearDown(actor: Actor): void {
    for (const mapping of this.mappings) this.munmap(actor, mapping);
  }

  private drop(actor: Actor, { block, pins }: UserMapping, page: number): void {
    if (pins[page] === 0) this.provider.dropUserPage(actor, block.map, block.first + page);
  }
}
