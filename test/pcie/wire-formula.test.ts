import { expect, it } from 'vitest';
import { dllpBytesPerWireByte } from '../../src/pcie/dllp.ts';
import { FLIT_BYTES, FLIT_TLP_BYTES } from '../../src/pcie/flit.ts';
import { type Generation, GENERATIONS, linkRate, usesFlits, type Width } from '../../src/pcie/generation.ts';
import { skpShare } from '../../src/pcie/skp.ts';
import { completionCount, requestCount } from '../../src/pcie/tlp-count.ts';
import { COMPLETION_HEADER_BYTES, FRAMING_BYTES, requestHeaderBytes, tlpBytes } from '../../src/pcie/wire.ts';
import { bytes } from '../../src/units.ts';
import { readWireFormula, type WireFormulaRow } from '../support/wire-formula.ts';

const oracle = readWireFormula();

/** Share of its TLP bytes that a link has for payload, where `count` TLPs carry a transfer. */
function payloadShare({ generation, transfer }: WireFormulaRow, count: number, headerBytes: number): number {
  const framing = usesFlits(generation) ? 0 : FRAMING_BYTES;
  return transfer / (tlpBytes(count * headerBytes, transfer) + count * framing);
}

const tlpRate = (generation: Generation, width: Width): number =>
  linkRate(generation, width) * (usesFlits(generation) ? FLIT_TLP_BYTES / FLIT_BYTES : 1);

/** What DLLPs and SKP leave where both directions are loaded; the payload is the link's MPS. */
const shareLeft = ({ generation, lanes, payload }: WireFormulaRow): number =>
  1 - skpShare(generation) - dllpBytesPerWireByte(generation, lanes, bytes(payload));

const written = (row: WireFormulaRow, doubleWords: 3 | 4): number =>
  tlpRate(row.generation, row.lanes) *
  payloadShare(
    row,
    requestCount({ address: 0, size: row.transfer }, row.payload),
    requestHeaderBytes(doubleWords),
  );

function read(row: WireFormulaRow, chunk: number): number {
  const count = completionCount({ address: 0, size: row.transfer }, 4096, { rcb: 64, chunk });
  return tlpRate(row.generation, row.lanes) * payloadShare(row, count, COMPLETION_HEADER_BYTES);
}

/** The oracle has six decimals of a GB/s. */
const HALF_A_DIGIT = 0.5e-6;

/** Closed forms in B/s for each column that counts neither DLLPs nor SKP. */
const FORMS = {
  raw: ({ generation, lanes }: WireFormulaRow) => linkRate(generation, lanes),
  write_4dw: (row: WireFormulaRow) => written(row, 4),
  write_3dw: (row: WireFormulaRow) => written(row, 3),
  read_cpl_mps: (row: WireFormulaRow) => read(row, row.payload),
  read_cpl_64B: (row: WireFormulaRow) => read(row, 64),
} as const;

/**
 * Those that count both: outside flit mode, where the oracle leaves them out. Its Ack latency limits are not rounded down, as
 * the specification's are: up to 0.08 % apart.
 */
const LOADED_FORMS = {
  write_4dw_specDLLP_SKP: (row: WireFormulaRow) => written(row, 4) * shareLeft(row),
  read_cpl_mps_specDLLP_SKP: (row: WireFormulaRow) => read(row, row.payload) * shareLeft(row),
} as const;

it('the fixture has 1470 rows: seven generations, five lane counts, six payloads, seven sizes of transfer', () => {
  expect(oracle).toHaveLength(7 * 5 * 6 * 7);
  expect(new Set(oracle.map(({ key }) => key)).size).toBe(oracle.length);
});

for (const [column, form] of Object.entries(FORMS)) {
  it.each(GENERATIONS)(`${column} is the oracle's to its last digit at generation %i`, (generation) => {
    const rows = oracle.filter((row) => row.generation === generation);
    expect(rows).toHaveLength(210);
    for (const row of rows) {
      const expected = row.rates[column as keyof typeof FORMS];
      expect(Math.abs(form(row) / 1e9 - expected), row.key).toBeLessThanOrEqual(HALF_A_DIGIT);
    }
  });
}

for (const [column, form] of Object.entries(LOADED_FORMS)) {
  it.each(GENERATIONS.filter((generation) => !usesFlits(generation)))(
    `${column} is the oracle's to 0.1 %% at generation %i`,
    (generation) => {
      const rows = oracle.filter((row) => row.generation === generation);
      expect(rows).toHaveLength(210);
      for (const row of rows) {
        const expected = row.rates[column as keyof typeof LOADED_FORMS];
        expect(Math.abs(form(row) / 1e9 / expected - 1), row.key).toBeLessThanOrEqual(0.001);
      }
    },
  );
}
