import type { Column, TableRow } from './column.ts';
import { textTable } from './text-table.ts';

/** What `hairpin run` prints of a shared buffer. */
export interface BufferReport {
  readonly id: string;
  readonly exporter: string;
  readonly kind: string;
  readonly state: string;
  readonly place: string;
  readonly events: readonly {
    readonly what: string;
    readonly from_ps: number;
    readonly errno: string | null;
    readonly mapped: number;
    readonly total_ns: number;
    readonly costs: Readonly<Record<string, number>>;
  }[];
  readonly importers: readonly {
    readonly id: string;
    readonly device: string;
    readonly kind: string;
    readonly op: string;
    readonly bytes: number;
    readonly goodput_GBps: number | null;
    readonly maps: number;
    readonly refused: string | null;
  }[];
}

const titleOf = (cost: string): string => cost.replace(/_ns$/, '').replaceAll('_', ' ');

/** Costs that no event had get no column. */
function eventTable({ id, events }: BufferReport, width: number): string {
  if (events.length === 0) return '';
  const names = Object.keys(events[0]?.costs ?? {});
  const costs = names.filter((name) => events.some((event) => (event.costs[name] ?? 0) > 0));
  const rows = events.map(({ what, from_ps, errno, mapped, total_ns, costs: own }): TableRow => {
    const times = Object.fromEntries(costs.map((name) => [name, (own[name] ?? 0) / 1e3]));
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

function importerTable({ exporter, kind, state, place, importers }: BufferReport, width: number): string {
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
export const bufferText = (buffer: BufferReport, width: number): readonly string[] => [
  importerTable(buffer, width),
  eventTable(buffer, width),
];
