/**
 * What one transfer asks of one resource that serves things one after the other, or so many at a time: `n` transfers take at
 * least `before + n busy + after` from the first issue to the last arrival. All in ps; `after` may be negative.
 */
export interface Demand {
  /** As results name it: a channel's id, `credits:<channel>:posted-headers`, `tags:<device>`, `issue-gap:<device>`. */
  readonly resource: string;
  /** Time of the whole resource that one transfer uses. */
  readonly busy: number;
  /** Least time from the first issue to the first use, and from the last use to the last arrival. */
  readonly before: number;
  readonly after: number;
}

/** Demands on the same resource as one: a way may pass a link with requests, and with completions again. */
export function mergeDemands(demands: readonly Demand[]): readonly Demand[] {
  const merged = new Map<string, Demand>();
  for (const demand of demands) {
    const known = merged.get(demand.resource);
    merged.set(demand.resource, known ? joined(known, demand) : demand);
  }
  return [...merged.values()];
}

const joined = (a: Demand, b: Demand): Demand => ({
  resource: a.resource,
  busy: a.busy + b.busy,
  before: Math.min(a.before, b.before),
  after: Math.min(a.after, b.after),
});

/** Least time of so many transfers, by all demands together. */
export const demandTime = (demands: readonly Demand[], transfers: number): number =>
  Math.max(0, ...demands.map(({ busy, before, after }) => before + transfers * busy + after));
