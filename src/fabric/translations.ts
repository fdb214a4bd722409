import type { TlpStore } from './tlp-store.ts';
import type { PortPlan, TranslationPlan } from './plan.ts';

/** The IOMMU of one port: pages whose translations it holds, with when each is there, and its page walkers. */
class Iommu {
  private readonly plan: TranslationPlan;
  /** In order of use, the least recent first. */
  private readonly entries = new Map<number, number>();
  private readonly walkersFree: number[];

  constructor(plan: TranslationPlan) {
    this.plan = plan;
    this.walkersFree = Array.from({ length: plan.walks }, () => 0);
  }

  /** When a request for the page that comes at `time` is translated. */
  translate(page: number, time: number): number {
    const validFrom = this.entries.get(page);
    this.entries.delete(page);
    const done = validFrom === undefined ? this.walk(time) : validFrom;
    this.entries.set(page, done);
    if (this.entries.size > this.plan.entries)
      this.entries.delete(this.entries.keys().next().value as number);
    return validFrom === undefined ? done : Math.max(done, time + this.plan.hitLatency);
  }

  forget(first: number, count: number): void {
    for (const page of this.entries.keys()) {
      if (page >= first && page < first + count) this.entries.delete(page);
    }
  }

  private walk(time: number): number {
    const free = Math.min(...this.walkersFree);
    const done = Math.max(time, free) + this.plan.walkLatency;
    this.walkersFree[this.walkersFree.indexOf(free)] = done;
    return done;
  }
}

/**
 * The IOMMUs at the ports where requests with an IOVA enter a root complex. A request is looked up when its head comes, so that
 * those behind it are looked up while it waits for its page walk.
 */
export class Translations {
  /** Whether there is any. */
  active = false;
  private iommus: (Iommu | null)[] = [];

  reset(ports: readonly PortPlan[]): void {
    this.iommus = ports.map(({ translation }) => translation && new Iommu(translation));
    this.active = this.iommus.some((iommu) => iommu !== null);
  }

  /** Sets when a request with a page that comes to the port is translated; nothing at ports without an IOMMU. */
  translate(tlps: TlpStore, tlp: number, port: number): void {
    const iommu = (tlps.page[tlp] as number) < 0 ? null : this.iommus[port];
    if (iommu) tlps.translated[tlp] = iommu.translate(tlps.page[tlp] as number, tlps.head[tlp] as number);
  }

  /** Forgets the translations of `count` pages from `first` on. */
  forget(first: number, count: number): void {
    for (const iommu of this.iommus) iommu?.forget(first, count);
  }
}
