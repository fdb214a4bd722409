import { readFileSync } from 'node:fs';
import type { Generation, Width } from '../../src/pcie/generation.ts';

const COLUMNS = [
  'raw',
  'write_4dw',
  'write_3dw',
  'write_4dw_specDLLP_SKP',
  'read_cpl_mps',
  'read_cpl_mps_specDLLP_SKP',
  'read_cpl_64B',
] as const;

export type WireFormulaColumn = (typeof COLUMNS)[number];

/** A row of the oracle; sizes in B, rates in GB/s. */
export interface WireFormulaRow {
  /** What the row begins with, such as `gen3,8,256,4096`. */
  readonly key: string;
  readonly generation: Generation;
  readonly lanes: Width;
  /** Largest payload of a TLP. */
  readonly payload: number;
  readonly transfer: number;
  readonly rates: Readonly<Record<WireFormulaColumn, number>>;
}

function rowOf(line: string, columns: readonly string[]): WireFormulaRow {
  const [gen = '', lanes, payload, transfer, ...rates] = line.split(',');
  const byColumn = Object.fromEntries(COLUMNS.map((name) => [name, Number(rates[columns.indexOf(name)])]));
  return {
    key: [gen, lanes, payload, transfer].join(),
    generation: Number(gen.slice(3)) as Generation,
    lanes: Number(lanes) as Width,
    payload: Number(payload),
    transfer: Number(transfer),
    rates: byColumn as Record<WireFormulaColumn, number>,
  };
}

/** All rows of the oracle of closed forms (pcie-facts, section 3). */
export function readWireFormula(): readonly WireFormulaRow[] {
  const text = readFileSync(new URL('../fixtures/wire-formula-oracle.csv', import.meta.url), 'utf8');
  const [, header = '', ...lines] = text.trimEnd().split('\n');
  const columns = header.split(',').slice(4);
  return lines.map((line) =>
    rowOf(
      line,
      columns.map((name) => name.replace(/_GBps$/, '')),
    ),
  );
}

/** What the rows are made of: each with each, at all generations. x32 is not among the lane counts. */
export const ORACLE_LANES: readonly Width[] = [1, 2, 4, 8, 16];
export const ORACLE_PAYLOADS: readonly number[] = [64, 128, 256, 512, 1024, 4096];
export const ORACLE_TRANSFERS: readonly number[] = [64, 128, 256, 512, 1024, 4096, 65_536];
