/**
 * What the exporter's time goes to, from the call to its return: waiting for the reservation lock; callbacks of the attachments, one
 * after the other; reads and posted writes in flight; IOTLB and ATC invalidation; fences (the first wait) and unmaps (the
 * second) beyond these; and the copy of a move.
 */
export const EXPORTER_COSTS = [
  'lock_wait',
  'fan_out',
  'drain_reads',
  'drain_writes',
  'iotlb',
  'atc',
  'fences',
  'unmaps',
  'copy',
] as const;

/** What importers go through afterwards, the worst of them: fault and lock wait, mapping again, time without new transfers. */
export const IMPORTER_COSTS = ['refault', 'remap', 'stall'] as const;

export type ExporterCost = (typeof EXPORTER_COSTS)[number];
export type ImporterCost = (typeof IMPORTER_COSTS)[number];

interface Span {
  readonly cost: ExporterCost;
  readonly from: number;
  readonly to: number;
}

/** Times in ps that one event of a buffer's life cost. */
export class Bill {
  readonly costs: Readonly<Record<ExporterCost | ImporterCost, number>>;
  private readonly sums: Record<ExporterCost | ImporterCost, number>;
  private readonly clock: { readonly now: number };

  constructor(clock: { readonly now: number }) {
    this.clock = clock;
    const zero = [...EXPORTER_COSTS, ...IMPORTER_COSTS].map((cost) => [cost, 0]);
    this.sums = Object.fromEntries(zero) as Record<ExporterCost | ImporterCost, number>;
    this.costs = this.sums;
  }

  /** The exporter's time since `from` was spent on this. */
  charge(cost: ExporterCost, from: number): void {
    this.sums[cost] += this.clock.now - from;
  }

  /** The exporter has waited since `from` for others: what the last of them did meanwhile, and the rest as a wait. */
  chargeWait(rest: 'fences' | 'unmaps', from: number, spans: readonly Span[]): void {
    const { now } = this.clock;
    let left = now - from;
    for (const span of spans) {
      const time = Math.max(0, Math.min(span.to, now) - Math.max(span.from, from));
      this.sums[span.cost] += time;
      left -= time;
    }
    this.sums[rest] += left;
  }

  /** An importer has lost so much. */
  lose(cost: ImporterCost, time: number): void {
    this.sums[cost] = Math.max(this.sums[cost], time);
  }
}

/** What an importer does behind a fence, as the exporter that waits for it will be charged. */
export class Spans {
  readonly list: Span[] = [];
  private readonly clock: { readonly now: number };

  constructor(clock: { readonly now: number }) {
    this.clock = clock;
  }

  charge(cost: ExporterCost, from: number): void {
    this.list.push({ cost, from, to: this.clock.now });
  }
}
