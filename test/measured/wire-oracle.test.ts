import { expect, test } from 'vitest';
import type { FlowRequest } from '../../src/dma/flow-spec.ts';
import { type Generation, GENERATIONS, usesFlits } from '../../src/pcie/generation.ts';
import type { System } from '../../src/system/system.ts';
import { type FlowArrivals, flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem, withLinks } from '../support/measured-system.ts';
import { ORACLE_LANES, ORACLE_PAYLOADS, ORACLE_TRANSFERS, readWireFormula } from '../support/wire-formula.ts';

/**
 * GPUs on a root port each, their data to or from memory, one for each size of transfer: each has one link to itself, with
 * unlimited credits and no DLLP, SKP or latency. The root complex is the completer because it alone may cut completions at
 * 64 B (an endpoint's RCB is 128 B, and the least MPS too). All rows of the oracle are measured; its columns with DLLPs and
 * SKP are in `wire-oracle-loaded`.
 */
type Column = 'write_4dw' | 'write_3dw' | 'read_cpl_mps' | 'read_cpl_64B';

const oracle = new Map(readWireFormula().map(({ key, rates }) => [key, rates]));

/** All links are Gen5 x16 until the measured speed takes its place. */
function machineFor(payload: number, column: Column): System {
  const dma = {
    write_chunk: `${payload} B`,
    mps: `${Math.max(128, payload)} B`,
    mrrs: '4 KiB',
    header_double_words: column === 'write_3dw' ? 3 : 4,
  };
  const completion_chunk = column === 'read_cpl_64B' ? '64 B' : `${payload} B`;
  const below = ORACLE_TRANSFERS.map((transfer) => device(`gpu${transfer}`, 'gen5x16', { dma }));
  return measuredSystem({ cpu: { completion_chunk }, below });
}

/**
 * Transfers to measure. In flit mode data arrives with the end of its flit, so that two ends alone are up to a flit wrong:
 * a multiple of 59, after which transfers of whole double words have their old place in a flit (236 B), or very long ones.
 */
function transfersFor(generation: Generation, transfer: number): number {
  if (!usesFlits(generation)) return transfer > 1024 ? 3 : 33;
  return transfer > 4096 ? 6 : transfer > 1024 ? 60 : 2 * 59;
}

/** All transfers wait for the link from the start. */
function flowFor(transfers: number, transfer: number, column: Column): FlowRequest {
  const common = { transfers, depth: transfers };
  return column === 'write_4dw' || column === 'write_3dw'
    ? flow(`gpu${transfer}`, 'mem:s0', transfer, common)
    : flow('mem:s0', `gpu${transfer}`, transfer, { ...common, op: 'read' });
}

/**
 * Rate from the first half of the ends of transfers to the second half, each end to its mirror image: rounding to flits
 * cancels out.
 */
function flitRate_GBps(arrivals: FlowArrivals, transfer: number, transfers: number): number {
  let time_ns = 0;
  let size = 0;
  for (let skip = 0; 2 * skip < transfers - 1; skip++) {
    const between = transfer * (transfers - 1 - 2 * skip);
    time_ns += between / arrivals.steadyRate_GBps(transfer, skip);
    size += between;
  }
  return size / time_ns;
}

interface Deviation {
  readonly row: string;
  readonly measured: number;
  readonly error: number;
}

/** Measures all rows of a column with one payload, and answers how far each is from the oracle. */
function deviations(payload: number, column: Column): readonly Deviation[] {
  const machine = machineFor(payload, column);
  const speeds = GENERATIONS.flatMap((generation) => ORACLE_LANES.map((width) => ({ generation, width })));
  return speeds.flatMap((speed) => {
    const counts = ORACLE_TRANSFERS.map((transfer) => transfersFor(speed.generation, transfer));
    const requests = ORACLE_TRANSFERS.map((transfer, i) => flowFor(counts[i] as number, transfer, column));
    const { flows } = measure(withLinks(machine, speed), requests);
    return flows.map(({ arrivals }, i) => {
      const transfer = ORACLE_TRANSFERS[i] as number;
      const measured = usesFlits(speed.generation)
        ? flitRate_GBps(arrivals, transfer, counts[i] as number)
        : arrivals.steadyRate_GBps(transfer);
      const row = `gen${speed.generation},${speed.width},${payload},${transfer}`;
      return { row, measured, error: measured / (oracle.get(row)?.[column] ?? NaN) - 1 };
    });
  });
}

const COLUMNS = [
  ['posted writes with a header of 4 double words', 'write_4dw'],
  ['posted writes with a header of 3 double words', 'write_3dw'],
  ['completions of the maximum payload', 'read_cpl_mps'],
  ['completions of 64 B', 'read_cpl_64B'],
] as const;

for (const [what, column] of COLUMNS) {
  for (const payload of ORACLE_PAYLOADS) {
    test(`back-to-back ${what}, with a maximum payload of ${payload} B, arrive within 0.1 % of the oracle on every generation and width`, () => {
      const measured = deviations(payload, column);
      expect(measured).toHaveLength(GENERATIONS.length * ORACLE_LANES.length * ORACLE_TRANSFERS.length);
      expect(measured.filter(({ error }) => !(Math.abs(error) <= 0.001))).toEqual([]);
    });
  }
}
