import type { Column, TableRow } from '../report/column.ts';
import type { ProviderRanks, RankedProvider } from './provider-ranks.ts';

/** The columns of a pick: whom it serves, what it stands for, and what it gives. */
export const PICK_COLUMNS: readonly Column[] = [
  { field: 'name', title: 'clients' },
  { field: 'place', title: 'provider' },
  { field: 'provider', title: 'such as' },
  { field: 'distance', title: 'hops' },
  { field: 'rate_GBps', title: 'each client', unit: 'GB/s', digits: 2 },
  { field: 'bound_GBps', title: 'bound', unit: 'GB/s', digits: 2 },
  { field: 'limitedBy', title: 'limited by' },
];

const bySpeed = (providers: readonly RankedProvider[]): readonly RankedProvider[] =>
  providers
    .filter(({ rateRank }) => rateRank !== null)
    .toSorted((a, b) => (b.rate_GBps ?? 0) - (a.rate_GBps ?? 0));

/**
 * What a draw among the nearest providers may come to, and what is to be had beyond them: a row for the slowest and the fastest
 * of the nearest, and for the fastest of all others; without values where there is none.
 */
export function pickRows(name: string, { providers }: ProviderRanks): readonly TableRow[] {
  const nearest = bySpeed(providers.filter(({ distanceRank }) => distanceRank === 1));
  const others = bySpeed(providers.filter(({ distanceRank }) => distanceRank !== 1));
  const row = (place: string, pick: RankedProvider | undefined): TableRow => ({
    name,
    place,
    provider: pick?.provider,
    distance: pick?.distance,
    rate_GBps: pick?.rate_GBps,
    bound_GBps: pick?.bound_GBps,
    limitedBy: pick?.limitedBy,
  });
  return [
    row('nearest, slowest', nearest.at(-1)),
    row('nearest, fastest', nearest[0]),
    row('farther, fastest', others[0]),
  ];
}
