import type { Column, TableRow } from '../report/column.ts';
import { csv } from '../report/csv.ts';
import type { ProviderRanks } from './provider-ranks.ts';

/** The columns of a provider's row: its places, its rates and what limits them. */
export const PROVIDER_COLUMNS: readonly Column[] = [
  'provider',
  'distance',
  'distance_rank',
  'write_least_GBps',
  'write_sum_GBps',
  'read_least_GBps',
  'read_sum_GBps',
  'rate_GBps',
  'bound_GBps',
  'rate_rank',
  'limited_by',
  'refused',
].map((field) => ({ field }));

/** A row for each provider of a result, in its order. */
export const providerRows = ({ providers }: ProviderRanks): readonly TableRow[] =>
  providers.map(({ write, read, ...each }) => ({
    provider: each.provider,
    distance: each.distance,
    distance_rank: each.distanceRank,
    write_least_GBps: write?.least_GBps,
    write_sum_GBps: write?.sum_GBps,
    read_least_GBps: read?.least_GBps,
    read_sum_GBps: read?.sum_GBps,
    rate_GBps: each.rate_GBps,
    bound_GBps: each.bound_GBps,
    rate_rank: each.rateRank,
    limited_by: each.limitedBy,
    refused: each.refused,
  }));

/** The files of a result: the whole of it, and a row for each provider. */
export const providerFiles = (result: ProviderRanks): ReadonlyMap<string, string> =>
  new Map([
    ['providers.json', `${JSON.stringify(result, null, 2)}\n`],
    ['providers.csv', csv(providerRows(result), PROVIDER_COLUMNS)],
  ]);
