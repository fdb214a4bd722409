import { type Bytes, bytes } from '../../units.ts';

/** Bytes of a page of the kernel (x86). */
export const PAGE = bytes(4096);

/** Bytes to whose multiples ZONE_DEVICE ranges are aligned: a subsection of the memory map. Source: Linux include/linux/mmzone.h. */
export const SUBSECTION = bytes(2_097_152);

/** Whole pages that hold so many bytes. */
export const pagesFor = (size: Bytes): number => Math.ceil(size / PAGE);

interface Hole {
  first: number;
  pages: number;
}

/**
 * The pages of one `pci_p2pdma_add_resource`, of which pieces are given out first-fit, and the references that keep them. Source:
 * Linux lib/genalloc.c (`gen_pool_first_fit`); kernel-p2pdma, section 5.2.
 */
export class PageMap {
  readonly pages: number;
  /** One for each block and each user page. */
  references = 0;
  /** Pages that are in no block. */
  free: number;
  /** Free pages in order of their number; neighbours are one hole. */
  private holes: Hole[];

  constructor(pages: number) {
    this.pages = pages;
    this.free = pages;
    this.holes = [{ first: 0, pages }];
  }

  /** Number of the first page of the lowest hole that is large enough, which is taken; null where there is none. */
  take(pages: number): number | null {
    const place = this.holes.findIndex((hole) => hole.pages >= pages);
    const hole = this.holes[place];
    if (hole === undefined) return null;
    const { first } = hole;
    this.free -= pages;
    hole.first += pages;
    hole.pages -= pages;
    if (hole.pages === 0) this.holes.splice(place, 1);
    return first;
  }

  /** Gives pages back; false where one of them is free or none of the map's. */
  give(first: number, pages: number): boolean {
    const end = first + pages;
    if (first < 0 || pages < 1 || end > this.pages) return false;
    if (this.holes.some((hole) => hole.first < end && first < hole.first + hole.pages)) return false;
    const next = this.holes.findIndex((hole) => hole.first >= end);
    this.holes.splice(next < 0 ? this.holes.length : next, 0, { first, pages });
    this.holes = merged(this.holes);
    this.free += pages;
    return true;
  }
}

function merged(holes: readonly Hole[]): Hole[] {
  const result: Hole[] = [];
  for (const hole of holes) {
    const last = result.at(-1);
    if (last !== undefined && last.first + last.pages === hole.first) last.pages += hole.pages;
    else result.push(hole);
  }
  return result;
}
