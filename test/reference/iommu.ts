import type { TranslationPlan } from '../../src/fabric/plan.ts';

interface Entry {
  readonly page: number;
  readonly validFrom: number;
}

/** The IOMMU at a port: translations from the least to the most recently used, and its walkers. Times in ps. */
export class Iommu {
  private entries: readonly Entry[] = [];
  /** When each walker is free. */
  private readonly walkers: number[];
  private readonly plan: TranslationPlan;

  constructor(plan: TranslationPlan) {
    this.plan = plan;
    this.walkers = Array.from({ length: plan.walks }, () => 0);
  }

  /** When a request for the page that comes at `time` is translated. */
  translate(page: number, time: number): number {
    const known = this.entries.find((entry) => entry.page === page);
    const others = this.entries.filter((entry) => entry !== known);
    const entry = known ?? { page, validFrom: this.walk(time) };
    this.entries = [...others, entry].slice(-this.plan.entries);
    return known ? Math.max(time + this.plan.hitLatency, known.validFrom) : entry.validFrom;
  }

  private walk(time: number): number {
    const walker = this.walkers.indexOf(Math.min(...this.walkers));
    const end = Math.max(time, this.walkers[walker] as number) + this.plan.walkLatency;
    this.walkers[walker] = end;
    return end;
  }
}
