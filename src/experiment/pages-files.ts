import type { Column } from '../report/column.ts';
import { csv } from '../report/csv.ts';
import type { PagesResult, ServedResult } from './pages-result.ts';

const KINDS = ['pool', 'system', 'all'] as const;

const columns = (fields: readonly string[]): readonly Column[] => fields.map((field) => ({ field }));

const CLIENTS = columns([
  'pages',
  'id',
  'device',
  'op',
  'bytes',
  'goodput_GBps',
  'fallback_share',
  'refused_requests',
  ...KINDS.flatMap((kind) => [`${kind}_requests`, `${kind}_p50_ns`, `${kind}_p99_ns`, `${kind}_mean_ns`]),
  'refused',
]);

const PROVIDERS = columns([
  'id',
  'provider',
  'state',
  'pool_bytes',
  'high_water_bytes',
  'mean_bytes',
  'operations',
  'clients',
  'removals',
]);

const REMOVALS = columns([
  'pages',
  'from_ps',
  'to_ps',
  'references',
  'references_after_mappings',
  'references_left',
  'waited_ns',
]);

const served = (kind: string, { requests, latency_ns: latency }: ServedResult) => ({
  [`${kind}_requests`]: requests,
  [`${kind}_p50_ns`]: latency?.p50,
  [`${kind}_p99_ns`]: latency?.p99,
  [`${kind}_mean_ns`]: latency?.mean,
});

const providerRow = ({ clients, ...provider }: PagesResult) => ({
  ...provider,
  clients: clients.length,
  removals: provider.removals.length,
});

/** The tables of a run's peer memory with pages: providers, clients, removals. */
export function pagesFiles(pages: readonly PagesResult[]): readonly [string, string][] {
  const clients = pages.flatMap(({ id, clients: own }) =>
    own.map(({ pool, system, all, ...client }) => ({
      ...client,
      pages: id,
      ...served('pool', pool),
      ...served('system', system),
      ...served('all', all),
    })),
  );
  const removals = pages.flatMap(({ id, removals: own }) => own.map((row) => ({ pages: id, ...row })));
  return [
    ['pages.csv', csv(pages.map(providerRow), PROVIDERS)],
    ['pages-clients.csv', csv(clients, CLIENTS)],
    ['removals.csv', csv(removals, REMOVALS)],
  ];
}
