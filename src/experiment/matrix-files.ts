import { csv } from '../report/csv.ts';
import type { Cell, MatrixResult } from './matrix.ts';

const COLUMNS = [
  'device',
  'peer',
  'unidirectional_GBps',
  'bidirectional_GBps',
  'read128_latency_ns',
  'refused',
].map((field) => ({ field }));

const number = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null);

const refusal = (cells: readonly (Cell | undefined)[]): string | null =>
  cells.flatMap((cell) => (typeof cell === 'object' && cell ? [cell.refused] : []))[0] ?? null;

/** The files of a matrix: the whole result, and a row for each pair. */
export function matrixFiles(result: MatrixResult): ReadonlyMap<string, string> {
  const { devices, unidirectional_GBps: one, bidirectional_GBps: both, read128_latency_ns: latency } = result;
  const rows = devices.flatMap((device, i) =>
    devices.flatMap((peer, j) => {
      if (i === j) return [];
      const cells = [one[i]?.[j], both[i]?.[j], latency[i]?.[j]] as const;
      return [
        {
          device,
          peer,
          unidirectional_GBps: number(cells[0]),
          bidirectional_GBps: number(cells[1]),
          read128_latency_ns: number(cells[2]),
          refused: refusal(cells),
        },
      ];
    }),
  );
  return new Map([
    ['matrix.json', `${JSON.stringify(result, null, 2)}\n`],
    ['matrix.csv', csv(rows, COLUMNS)],
  ]);
}
