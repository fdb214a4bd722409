import type { PagesResult } from '../experiment/pages-result.ts';
import { bytes, formatBytes } from '../units.ts';
import type { Column } from './column.ts';
import { textTable } from './text-table.ts';

const microseconds = (ns: number | undefined): number | null => (ns === undefined ? null : ns / 1e3);

function clientTable({ provider, clients }: PagesResult, width: number): string {
  const rows = clients.flatMap(({ id, op, goodput_GBps: rate, pool, system }) =>
    [
      { from: 'pool', ...pool },
      { from: 'system memory', ...system },
    ].map(({ from, requests, latency_ns: ns }, i) => ({
      id: i === 0 ? id : '',
      op: i === 0 ? op : '',
      rate: i === 0 ? rate : '',
      from,
      requests,
      p50: microseconds(ns?.p50),
      p99: microseconds(ns?.p99),
    })),
  );
  const columns: readonly Column[] = [
    { field: 'id', title: `clients of ${provider}` },
    { field: 'op' },
    { field: 'rate', title: 'GB/s', digits: 2 },
    { field: 'from', title: 'served from' },
    { field: 'requests' },
    { field: 'p50', title: 'p50 us', digits: 1 },
    { field: 'p99', title: 'p99 us', digits: 1 },
  ];
  return textTable(rows, columns, width);
}

const KIB = 1024;

const formatted = (size: number): string => formatBytes(bytes(Math.round(size / KIB) * KIB));

/** How full the pool was, clients that cannot use it, and how its unbind went. */
function notes({ id, pool_bytes, high_water_bytes, mean_bytes, clients, removals }: PagesResult): string {
  const use = `Pool ${id} of ${formatted(pool_bytes)}: at most ${formatted(high_water_bytes)} allocated, ${formatted(mean_bytes)} on average.`;
  const refused = clients.flatMap((client) =>
    client.refused === null ? [] : [`${client.id} cannot use it: ${client.refused}`],
  );
  const ends = removals.map(({ from_ps, references, references_left, waited_ns }) => {
    const begun = `Unbind at ${(from_ps / 1e6).toFixed(1)} us with ${references} references`;
    const waits = `still waits for ${references_left} when the run ends`;
    return `${begun}: ${waited_ns === null ? waits : `waited ${(waited_ns / 1e3).toFixed(2)} us`}.`;
  });
  return `${[use, ...refused, ...ends].join('\n')}\n`;
}

/** Peer memory with pages: what its clients were served from and how long that took, how full it was, and its end. */
export const pagesText = (pages: PagesResult, width: number): readonly string[] => [
  clientTable(pages, width) + notes(pages),
];
