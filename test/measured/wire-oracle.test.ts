import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FlowRequest } from '../../src/dma/flow-spec.ts';
import { GENERATIONS } from '../../src/pcie/generation.ts';
import type { System } from '../../src/system/system.ts';
import { flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem, withLinks } from '../support/measured-system.ts';

/**
 * GPUs on a root port each, their data to or from memory, one for each size of transfer: each has one link to itself, with
 * unlimited credits and no DLLP, SKP or latency. The root complex is the completer because it alone may cut completions at
 * 64 B (an endpoint's RCB is 128 B, and the least MPS too). All lane counts of the oracle are widths that links have; its rows
 * of Gen6 and later, in flit mode, and of payloads above 512 B are not in the fixture.
 */
type Column = 'write_4dw' | 'write_3dw' | 'read_cpl_mps' | 'read_cpl_64B';

/** Rates in GB/s by what the row begins with: generation, lanes, payload and size of transfer, such as `gen3,8,256,4096`. */
function readOracle(): ReadonlyMap<string, Readonly<Record<Column, number>>> {
  const text = readFileSync(new URL('../fixtures/wire-formula-oracle.csv', import.meta.url), 'utf8');
  const [, , ...lines] = text.trimEnd().split('\n');
  const entries = lines.map((line) => {
    const cells = line.split(',');
    const [write_4dw = NaN, write_3dw = NaN, read_cpl_mps = NaN, read_cpl_64B = NaN] = cells
      .slice(4)
      .map(Number);
    return [cells.slice(0, 4).join(), { write_4dw, write_3dw, read_cpl_mps, read_cpl_64B }] as const;
  });
  return new Map(entries);
}

const oracle = readOracle();
const LANES = [1, 2, 4, 8, 16] as const;
const PAYLOADS = [64, 128, 256, 512];
const TRANSFERS = [64, 128, 256, 512, 1024, 4096, 65_536];

/** All links are Gen5 x16 until the measured speed takes its place. */
function machineFor(payload: number, column: Column): System {
  const dma = {
    write_chunk: `${payload} B`,
    mps: `${Math.max(128, payload)} B`,
    mrrs: '4 KiB',
    header_double_words: column === 'write_3dw' ? 3 : 4,
  };
  const completion_chunk = column === 'read_cpl_64B' ? '64 B' : `${payload} B`;
  const below = TRANSFERS.map((transfer) => device(`gpu${transfer}`, 'gen5x16', { dma }));
  return measuredSystem({ cpu: { completion_chunk }, below });
}

/** At least 32 TLPs and one whole transfer after the first; all of them wait for the link from the start. */
function flowFor(payload: number, transfer: number, column: Column): FlowRequest {
  const transfers = Math.max(2, Math.ceil((32 * payload) / transfer) + 1);
  const common = { transfers, depth: transfers };
  return column === 'write_4dw' || column === 'write_3dw'
    ? flow(`gpu${transfer}`, 'mem:s0', transfer, common)
    : flow('mem:s0', `gpu${transfer}`, transfer, { ...common, op: 'read' });
}

/** Measures all rows of a column with one payload, and answers how far each is from the oracle. */
function deviations(
  payload: number,
  column: Column,
): readonly { row: string; measured: number; error: number }[] {
  const machine = machineFor(payload, column);
  const requests = TRANSFERS.map((transfer) => flowFor(payload, transfer, column));
  const speeds = GENERATIONS.flatMap((generation) => LANES.map((width) => ({ generation, width })));
  return speeds.flatMap((speed) => {
    const { flows } = measure(withLinks(machine, speed), requests);
    return flows.map(({ arrivals }, i) => {
      const transfer = TRANSFERS[i] as number;
      const measured = arrivals.steadyRate_GBps(transfer);
      const row = `gen${speed.generation},${speed.width},${payload},${transfer}`;
      return { row, measured, error: measured / (oracle.get(row)?.[column] ?? NaN) - 1 };
    });
  });
}

test('the fixture has each generation, lane count, payload and transfer size, and nothing else', () => {
  expect(oracle.size).toBe(GENERATIONS.length * LANES.length * PAYLOADS.length * TRANSFERS.length);
});

const COLUMNS = [
  ['posted writes with a header of 4 double words', 'write_4dw'],
  ['posted writes with a header of 3 double words', 'write_3dw'],
  ['completions of the maximum payload', 'read_cpl_mps'],
  ['completions of 64 B', 'read_cpl_64B'],
] as const;

for (const [what, column] of COLUMNS) {
  for (const payload of PAYLOADS) {
    test(`back-to-back ${what}, with a maximum payload of ${payload} B, arrive within 0.1 % of the oracle on every generation and width`, () => {
      const measured = deviations(payload, column);
      expect(measured).toHaveLength(GENERATIONS.length * LANES.length * TRANSFERS.length);
      expect(measured.filter(({ error }) => !(Math.abs(error) <= 0.001))).toEqual([]);
    });
  }
}
