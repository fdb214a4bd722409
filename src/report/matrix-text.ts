import type { BytesPerSecond, Picoseconds } from '../units.ts';

/** One pair of a matrix: what it does, why it may not, or null where nothing was asked (the diagonal). */
export type MatrixCell<Value> = Value | { readonly refused: string } | null;

interface Square<Value> {
  /** Names of the devices; rows and columns bear their numbers. */
  readonly devices: readonly string[];
  /** `cells[i][j]`: device i issues the transfers; it writes to device j, or reads from it. */
  readonly cells: readonly (readonly MatrixCell<Value>[])[];
  readonly op: 'write' | 'read';
}

/** A matrix over all pairs of devices; a bidirectional value is the sum of both directions. */
export type PairMatrix =
  | (Square<BytesPerSecond> & { readonly measure: 'unidirectional-bandwidth' | 'bidirectional-bandwidth' })
  | (Square<Picoseconds> & { readonly measure: 'latency' });

const CELL = 6;
const FOOTNOTES = 4;

function heading({ measure, op }: PairMatrix): string {
  const what = op === 'write' ? 'P2P Writes' : 'P2P Reads';
  switch (measure) {
    case 'unidirectional-bandwidth':
      return `Unidirectional P2P=Enabled Bandwidth (${what}) Matrix (GB/s)`;
    case 'bidirectional-bandwidth':
      return 'Bidirectional P2P=Enabled Bandwidth Matrix (GB/s)';
    case 'latency':
      return `P2P=Enabled Latency (${what}) Matrix (us)`;
  }
}

const isRefused = (cell: MatrixCell<number>): cell is { readonly refused: string } =>
  typeof cell === 'object' && cell !== null;

/** `printf("%6.02f ")`; a picosecond is 10^-6 us, a byte per second 10^-9 GB/s. */
function cellText(cell: MatrixCell<number>, scale: number): string {
  if (cell === null) return '-'.padStart(CELL);
  return isRefused(cell) ? 'refus*' : (cell / scale).toFixed(2).padStart(CELL);
}

/** `printf("%6d ")`. */
const number = (index: number): string => `${String(index).padStart(CELL)} `;

function footnotes(matrix: PairMatrix): readonly string[] {
  const cells: readonly (readonly MatrixCell<number>[])[] = matrix.cells;
  const refused = cells.flatMap((row, i) =>
    row.flatMap((cell, j) => (isRefused(cell) ? [`* refused, ${i} to ${j}: ${cell.refused}`] : [])),
  );
  const more = refused.length - FOOTNOTES;
  return more > 0 ? [...refused.slice(0, FOOTNOTES), `* refused, and ${more} more pairs`] : refused;
}

/**
 * A matrix in the layout of NVIDIA's p2pBandwidthLatencyTest, byte for byte, with a dash where there is no value and footnotes
 * for refused pairs under it. Throws RangeError unless there is one row and one column for each device. Source: cuda-samples,
 * `outputBandwidthMatrix` and `outputLatencyMatrix`.
 */
export function matrixText(matrix: PairMatrix): string {
  const cells: readonly (readonly MatrixCell<number>[])[] = matrix.cells;
  const count = matrix.devices.length;
  if (cells.length !== count || cells.some((row) => row.length !== count)) {
    throw new RangeError(
      `a matrix of [${cells.map((row) => row.length).join(', ')}] columns for ${count} devices; expected ${count} rows of ${count}`,
    );
  }
  const scale = matrix.measure === 'latency' ? 1e6 : 1e9;
  const corner = matrix.measure === 'latency' ? '   GPU' : '   D\\D';
  const head = corner + matrix.devices.map((_, index) => number(index)).join('');
  const rows = cells.map(
    (row, index) => number(index) + row.map((cell) => `${cellText(cell, scale)} `).join(''),
  );
  return [heading(matrix), head, ...rows, ...footnotes(matrix)].map((line) => `${line}\n`).join('');
}

/** The devices behind the numbers of a matrix, one a line, as the tool names them. */
export const matrixDevices = (devices: readonly string[]): string =>
  devices.map((device, index) => `Device: ${index}, ${device}\n`).join('');
