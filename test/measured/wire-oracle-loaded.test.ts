import { expect, test } from 'vitest';
import type { FlowRequest } from '../../src/dma/flow-spec.ts';
import { type Generation, GENERATIONS, linkRate, usesFlits } from '../../src/pcie/generation.ts';
import { skpShare } from '../../src/pcie/skp.ts';
import type { LinkSpeed, System } from '../../src/system/system.ts';
import { picoseconds } from '../../src/units.ts';
import { flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem, pcieSwitch, withLinks, withPorts } from '../support/measured-system.ts';
import {
  ORACLE_LANES,
  ORACLE_PAYLOADS,
  ORACLE_TRANSFERS,
  readWireFormula,
  type WireFormulaColumn,
} from '../support/wire-formula.ts';

/*
 * The oracle's columns with DLLPs and SKP: both directions of a link are full, and each pays for the Acks and UpdateFCs of the
 * other, at the slowest rate that the specification allows. Generations 1 to 5; with flits the oracle leaves both out.
 */
type Loaded = 'write_4dw_specDLLP_SKP' | 'read_cpl_mps_specDLLP_SKP';
const PLAIN = { write_4dw_specDLLP_SKP: 'write_4dw', read_cpl_mps_specDLLP_SKP: 'read_cpl_mps' } as const;

const oracle = new Map(readWireFormula().map(({ key, rates }) => [key, rates]));

/** The oracle's rate in GB/s. Below 128 B there is no MPS, and so no limit: the share that it leaves at 128 B counts. */
function expected(
  column: Loaded,
  { generation, width }: LinkSpeed,
  payload: number,
  transfer: number,
): number {
  const at = (size: number, name: WireFormulaColumn): number =>
    oracle.get(`gen${generation},${width},${size},${transfer}`)?.[name] ?? NaN;
  if (payload >= 128) return at(payload, column);
  return (at(payload, PLAIN[column]) * at(128, column)) / at(128, PLAIN[column]);
}

const dmaFor = (payload: number) => ({
  write_chunk: `${payload} B`,
  mps: `${Math.max(128, payload)} B`,
  mrrs: '4 KiB',
});

const atSpeed = (machine: System, speed: LinkSpeed): System =>
  withPorts(withLinks(machine, speed), {
    dllp: { kind: 'specification-limit' },
    skp: skpShare(speed.generation),
  });

/** At least 128 TLPs after the first transfer: DLLPs are charged TLP by TLP. */
const transfersFor = (transfer: number, payload: number): number =>
  Math.max(3, 1 + Math.ceil((128 * Math.min(payload, transfer)) / transfer));

/** Rates of flows in GB/s, each with the size of its transfers. */
type Rates = readonly { readonly transfer: number; readonly rate: number }[];

/** Pairs of GPUs below a switch that write to each other, a pair for each size of transfer. */
function writesBothWays(payload: number): (speed: LinkSpeed) => Rates {
  const dma = dmaFor(payload);
  const ids = ORACLE_TRANSFERS.flatMap((transfer) => [`a${transfer}`, `b${transfer}`]);
  const gpus = ids.map((id) => device(id, 'gen5x16', { dma }));
  const machine = measuredSystem({ below: [pcieSwitch('sw', 'gen5x16', gpus)] });
  const requests = ORACLE_TRANSFERS.flatMap((transfer) => {
    const count = { transfers: transfersFor(transfer, payload), depth: transfersFor(transfer, payload) };
    return [
      flow(`a${transfer}`, `b${transfer}`, transfer, count),
      flow(`b${transfer}`, `a${transfer}`, transfer, count),
    ];
  });
  return (speed) =>
    measure(atSpeed(machine, speed), requests).flows.map(({ arrivals }, i) => {
      const transfer = ORACLE_TRANSFERS[i >> 1] as number;
      return { transfer, rate: arrivals.steadyRate_GBps(transfer) };
    });
}

/** The time for which the largest number of read requests keeps a link busy, and a tenth more; in ps. */
function requestTime({ generation, width }: LinkSpeed, payload: number): number {
  const requests = Math.max(
    ...ORACLE_TRANSFERS.map((transfer) => transfersFor(transfer, payload) * Math.ceil(transfer / 4096)),
  );
  return Math.round((1.1 * requests * 24 * 1e12) / linkRate(generation, width));
}

/** The system with completions that begin when a time in ps has passed after their request. */
const withMemoryLatency = (system: System, latency: number): System => ({
  ...system,
  sockets: system.sockets.map((socket) => ({
    ...socket,
    part: { ...socket.part, memoryLatency: picoseconds(latency) },
  })),
});

/**
 * GPUs on a root port each that read from memory, and against whose completions they write: from when all requests are sent,
 * and for longer than completions come.
 */
function readsAgainstWrites(payload: number): (speed: LinkSpeed) => Rates {
  const dma = dmaFor(payload);
  const below = ORACLE_TRANSFERS.map((transfer) => device(`gpu${transfer}`, 'gen5x16', { dma }));
  const machine = measuredSystem({ cpu: { completion_chunk: `${payload} B` }, below });
  const reads = ORACLE_TRANSFERS.map((transfer): FlowRequest => {
    const count = { transfers: transfersFor(transfer, payload), depth: transfersFor(transfer, payload) };
    return flow('mem:s0', `gpu${transfer}`, transfer, { ...count, op: 'read' });
  });
  return (speed) => {
    const start = picoseconds(requestTime(speed, payload));
    const writes = ORACLE_TRANSFERS.map((transfer): FlowRequest => {
      const transfers = 2 * transfersFor(transfer, payload) + 4;
      return flow(`gpu${transfer}`, 'mem:s0', transfer, { transfers, depth: transfers, start });
    });
    const system = withMemoryLatency(atSpeed(machine, speed), Math.round(1.1 * start));
    const { flows } = measure(system, [...reads, ...writes]);
    return ORACLE_TRANSFERS.map((transfer, i) => ({
      transfer,
      rate: flows[i]?.arrivals.steadyRate_GBps(transfer) ?? NaN,
    }));
  };
}

const SPEEDS = GENERATIONS.filter((generation: Generation) => !usesFlits(generation)).flatMap((generation) =>
  ORACLE_LANES.map((width) => ({ generation, width })),
);

const COLUMNS = [
  ['write_4dw_specDLLP_SKP', 'writes both ways', writesBothWays, 2],
  ['read_cpl_mps_specDLLP_SKP', 'completions against writes', readsAgainstWrites, 1],
] as const;

for (const [column, what, ratesFor, ways] of COLUMNS) {
  for (const payload of ORACLE_PAYLOADS) {
    test(`${what}, with a maximum payload of ${payload} B, arrive within 0.1 % of the oracle with DLLPs and SKP`, () => {
      const run = ratesFor(payload);
      const deviations = SPEEDS.flatMap((speed) =>
        run(speed).map((measured) => {
          const rate = expected(column, speed, payload, measured.transfer);
          const row = `gen${speed.generation},${speed.width},${payload},${measured.transfer}`;
          return { row, error: measured.rate / rate - 1 };
        }),
      );
      expect(deviations).toHaveLength(SPEEDS.length * ORACLE_TRANSFERS.length * ways);
      expect(deviations.filter(({ error }) => !(Math.abs(error) <= 0.001))).toEqual([]);
    });
  }
}
