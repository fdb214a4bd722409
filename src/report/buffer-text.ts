import type { BufferResult } from '../experiment/run-result.ts';
import type { Column, TableRow } from './column.ts';
import { textTable } from './text-table.ts';

const titleOf = (cost: string): string => cost.replace(/_ns$/, '').replaceAll('_', ' ');

/** Costs that no event had get no column. */
function eventTable({ id, events }: BufferResult, width: number): string {
  if (events.length === 0) return '';
  const names = Object.keys(events[0]?.costs ?? {}) as (keyof (typeof events)[number]['costs'])[];
  const costs = names.filter((name) => events.some((event) => event.costs[name] > 0));
  const rows = events.map(({ what, from_ps, errno, mapped, total_ns, costs: own }): TableRow => {
    const times = Object.fromEntries(costs.map((name) => [name, own[name] / 1e3]));
    return { what, at: from_ps / 1e6, mapped, total: errno ?? (total_ns / 1e3).toFixed(2), ...times };
  });
  const columns: readonly Column[] = [
    { field: 'what', title: `${id}, us` },
    { field: 'at', digits: 1 },
    { field: 'mapped' },
    { field: 'total' },
    ...costs.map((name) => ({ field: name, title: titleOf(name), digits: 2 })),
  ];
  return textTable(rows, columns, width);
}

function importerTable({ exporter, kind, state, place, importers }: BufferResult, width: number): string {
  const rows = importers.map(({ goodput_GBps: rate, refused, ...importer }) => ({
    ...importer,
    rate,
    refused: refused ?? '',
  }));
  const columns: readonly Column[] = [
    { field: 'id', title: `importers of ${exporter} (${kind})` },
    { field: 'device' },
    { field: 'kind' },
    { field: 'op' },
    { field: 'rate', title: 'GB/s', digits: 2 },
    { field: 'maps', title: 'maps' },
    ...(importers.some(({ refused }) => refused !== null) ? [{ field: 'refused', title: 'ended by' }] : []),
  ];
  return `${textTable(rows, columns, width)}At the end ${state}, in the memory of ${place.replace('mem:', 'socket ')}.\n`;
}

/** A shared buffer's life: what its exporter did, with what it cost in microseconds, and what its importers moved. */
export const bufferText = (buffer: BufferResult, width: number): readonly string[] => [
  importerTable(buffer, width),
  eventTable(buffer, width),
];
