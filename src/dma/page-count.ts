import type { TransferSpec } from '../routing/transfer-spec.ts';
import type { System } from '../system/system.ts';
import type { PagePlan } from './flow-plan.ts';

/** Gives the regions of flows pages of their own, where the IOMMU translates their addresses. */
export class PageCount {
  private readonly system: System;
  private used = 0;

  constructor(system: System) {
    this.system = system;
  }

  /** Pages for a region of so many bytes; null where its addresses are not translated. */
  next({ address }: TransferSpec, region: number): PagePlan | null {
    const { mode, pageBytes } = this.system.iommu;
    if (mode !== 'translate' || address !== 'IOVA') return null;
    const first = this.used;
    this.used += Math.ceil(region / pageBytes);
    return { bytes: pageBytes, first };
  }
}
