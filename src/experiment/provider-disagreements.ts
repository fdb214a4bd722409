/** One of two providers about which distance and bandwidth disagree. */
export interface Contender {
  readonly provider: string;
  /** Sum over the clients, in hops as the kernel counts them. */
  readonly distance: number;
  /** The slowest client's goodput in the slower direction, and what limits it. */
  readonly rate_GBps: number;
  readonly limitedBy: string;
}

/** A provider that the kernel prefers, or holds equal, to one that gives more. */
export interface Disagreement {
  /** `nearer`: the kernel prefers the slower one; `equal`: to the kernel both are as near, and one is drawn. */
  readonly kind: 'nearer' | 'equal';
  readonly slower: Contender;
  readonly faster: Contender;
}

/** A provider in both orders; what it lacks is null, and then it takes no part. */
interface Candidate {
  readonly provider: string;
  readonly distance: number | null;
  readonly rate_GBps: number | null;
  readonly limitedBy: string | null;
  readonly rateRank: number | null;
}

interface Rated {
  readonly contender: Contender;
  readonly rank: number;
}

function rated({ provider, distance, rate_GBps, limitedBy, rateRank }: Candidate): readonly Rated[] {
  if (distance === null || rate_GBps === null || limitedBy === null || rateRank === null) return [];
  return [{ contender: { provider, distance, rate_GBps, limitedBy }, rank: rateRank }];
}

/**
 * The cases in which the order by distance and that by bandwidth disagree: each provider that is no farther than another one with
 * a better rank by rate, beside the best of these, of equals the nearest.
 */
export function disagreements(candidates: readonly Candidate[]): readonly Disagreement[] {
  const all = candidates.flatMap(rated);
  return all.flatMap(({ contender: slower, rank }) => {
    const [best] = all
      .filter((other) => other.rank < rank && other.contender.distance >= slower.distance)
      .toSorted((a, b) => a.rank - b.rank || a.contender.distance - b.contender.distance);
    if (best === undefined) return [];
    const faster = best.contender;
    return [{ kind: faster.distance > slower.distance ? 'nearer' : 'equal', slower, faster }];
  });
}
