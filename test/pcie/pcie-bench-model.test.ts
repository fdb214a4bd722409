import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Generation, Width } from '../../src/pcie/generation.ts';
import { type PcieBenchRates, pcieBenchRates } from '../../src/pcie/pcie-bench-model.ts';
import { bytes } from '../../src/units.ts';

type Row = Readonly<Record<string, string>>;

function readRows(file: URL): readonly Row[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const [names = [], ...rows] = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
}

const number = (row: Row, column: string): number => Number(row[column] || NaN);

const answer = (row: Row): PcieBenchRates =>
  pcieBenchRates({
    generation: Number(row['version']?.slice(3)) as Generation,
    width: Number(row['lanes']?.slice(1)) as Width,
    mps: bytes(number(row, 'mps')),
    mrrs: bytes(number(row, 'mrrs')),
    completionChunk: row['rcb_chunks'] === '1' ? bytes(number(row, 'rcb')) : null,
    headerDoubleWords: row['addr'] === '32' ? 3 : 4,
    ecrc: row['ecrc'] === '1',
    size: bytes(number(row, 'size_bytes')),
  });

/** Columns of the model's output, in Gb/s with six decimals. */
const COLUMNS: readonly (readonly [column: string, rate: keyof PcieBenchRates])[] = [
  ['raw_gbps', 'raw'],
  ['tlp_gbps', 'tlp'],
  ['wr_eff_gbps', 'write'],
  ['rd_eff_gbps', 'read'],
  ['rw_tx_eff_gbps', 'readAndWrite'],
  ['rw_rx_eff_gbps', 'readAndWrite'],
  ['rd_req_tx_raw_gbps', 'readRequests'],
  ['wr_eff_at_raw_gbps', 'writeAtRaw'],
  ['rd_eff_at_raw_gbps', 'readAtRaw'],
];

/** What is not as printed, to the last digit. */
const differences = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap((row) => {
    const rates = answer(row);
    return COLUMNS.flatMap(([column, rate]) => {
      const printed = ((rates[rate] * 8) / 1e9).toFixed(6);
      return printed === row[column] ? [] : `${column} is ${printed} in ${Object.values(row).join()}`;
    });
  });

describe("pcie-bench's model", () => {
  it('gives the rows of the fixture to the last digit, of all generations, widths, headers, digests and cuts', () => {
    const rows = readRows(new URL('../fixtures/pcie-model-oracle.csv', import.meta.url));
    expect(rows).toHaveLength(292);
    const kinds = ['version', 'lanes', 'addr', 'ecrc', 'mps', 'mrrs', 'rcb_chunks', 'size_bytes'];
    const counts = kinds.map((kind) => new Set(rows.map((row) => row[kind])).size);
    expect(counts).toEqual([7, 4, 2, 2, 3, 3, 2, 21]);
    expect(differences(rows)).toEqual([]);
  });

  /** pcie-facts, section 3: Gen3 x8, 64-bit, MPS 256, MRRS 512, Gb/s. */
  it.each([
    [64, 42.1, 44.1],
    [128, 48.75, 50.06],
    [256, 52.92, 53.69],
    [257, 48.78, 50.09],
    [512, 52.92, 53.69],
  ])('allows at Gen3 x8 writes of %i B at %f Gb/s and reads at %f Gb/s', (size, write, read) => {
    const rates = answer({
      version: 'gen3',
      lanes: 'x8',
      addr: '64',
      mps: '256',
      mrrs: '512',
      size_bytes: `${size}`,
    });
    expect((rates.write * 8) / 1e9).toBeCloseTo(write, 2);
    expect((rates.read * 8) / 1e9).toBeCloseTo(read, 2);
  });

  it('refuses a transfer without payload', () => {
    const nothing = { version: 'gen3', lanes: 'x8', addr: '64', mps: '256', mrrs: '512', size_bytes: '0' };
    expect(() => answer(nothing)).toThrow(/a transfer of 0 B; expected more than 0 B/);
  });
});

/** The shared references are beside the project, not in it. */
const whole = new URL('../../../shared/vectors/pcie-model-oracle.csv', import.meta.url);
const isThere = existsSync(whole);
if (!isThere)
  process.stdout.write('skipped: all rows of pcie-bench (no shared/vectors beside the project)\n');

test.skipIf(!isThere)("pcie-bench's model gives all 10773 rows of its output to the last digit", () => {
  const rows = readRows(whole);
  expect(rows).toHaveLength(10_773);
  expect(differences(rows)).toEqual([]);
});
