import { describe, expect, test } from 'vitest';
import type { System } from '../../src/system/system.ts';
import { picoseconds } from '../../src/units.ts';
import { flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/*
 * Ports of a switch advertise few credits of their own and share a buffer beyond them, of blocks of 16 B: a TLP takes one for its
 * header and one for each data credit, so writes of 256 B take 272 B. Each sender has a target of its own, and a credit loop of
 * 500 ns of switch, the flights and the TLP itself: what fits into the buffers goes each loop (Little).
 */
const PAYLOAD = 256;
const PS_PER_BYTE = 1000 / 63.0153846;
const WIRE = Math.round((PAYLOAD + 24) * PS_PER_BYTE);
const LOOP = WIRE + 2 * 20_000 + 500_000;
const LINE = (PAYLOAD * 1000) / WIRE;
const BYTES = 272;
const PORT: Numbers = { phy_latency: '10 ns' };

interface Buffers {
  /** Posted headers, each with the data of a write, of each port. */
  readonly own: number;
  /** Size of the shared buffer in bytes. */
  readonly shared: number;
}

/** `from0` to `to0`, `from1` to `to1` and so on, all below one switch. */
function machine({ own, shared }: Buffers, senders: number): System {
  const numbers = Array.from({ length: senders }, (_, i) => i);
  const below = numbers
    .flatMap((i) => [`from${i}`, `to${i}`])
    .map((id) => device(id, 'gen5x16', { port: PORT }));
  const credits = { posted: { headers: own, data: own * 16 } };
  const chip = pcieSwitch('sw', 'gen5x16', below, {
    numbers: {
      latency: '500 ns',
      port: { ...PORT, credits },
      shared_buffer: shared === 0 ? 'none' : `${shared} B`,
    },
  });
  return measuredSystem({ below: [chip] });
}

/** Rates of so many senders side by side. */
function rates(buffers: Buffers, senders: number): readonly number[] {
  const requests = Array.from({ length: senders }, (_, i) =>
    flow(`from${i}`, `to${i}`, 65_536, { depth: 4 }),
  );
  const { flows } = measure(machine(buffers, senders), requests, { until: '120 us' });
  return flows.map(({ arrivals }) => arrivals.rateWithin_GBps(20_000, 120_000));
}

/** Bytes for so many writes: a part's file has 280 at least. */
const sizeFor = (writes: number): number => (writes === 0 ? 0 : Math.max(280, Math.floor(writes * BYTES)));

const perLoop = (tlps: number): number => Math.min((tlps * PAYLOAD * 1000) / LOOP, LINE);

const expectWithin = (value: number | undefined, expected: number): void =>
  expect(Math.abs((value ?? NaN) / expected - 1), `${value} against ${expected}`).toBeLessThan(0.01);

const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

describe('a port that is alone', () => {
  test.each([
    [4, 0, 0],
    [4, 1, 1],
    [4, 8, 8],
    [8, 40, 40],
    [1, 100, 100],
    // 16 bytes too few for the last
    [4, 8.94, 8],
  ])(
    'with credits for %i writes of its own has those of a shared buffer for %f besides',
    (own, holds, more) => {
      expectWithin(rates({ own, shared: sizeFor(holds) }, 1)[0], perLoop(own + more));
    },
  );

  test('is limited by its link where both are ample', () => {
    expectWithin(rates({ own: 127, shared: sizeFor(128) }, 1)[0], LINE);
  });
});

describe('ports that need it at the same time', () => {
  test.each([
    [2, 4, 8],
    [4, 4, 8],
    [3, 2, 30],
    [4, 1, 1],
  ])('%i of them, with %i writes of their own each, share a buffer for %i', (senders, own, holds) => {
    const reached = rates({ own, shared: sizeFor(holds) }, senders);
    const [total, each] = [(senders * own + holds) * PAYLOAD, own * PAYLOAD];
    expectWithin(sum(reached), (total * 1000) / LOOP);
    for (const rate of reached) {
      // what a port has of its own it has in any case
      expect(rate).toBeGreaterThan(((each * 1000) / LOOP) * 0.99);
      expect(rate).toBeLessThan((((own + holds) * PAYLOAD * 1000) / LOOP) * 1.01);
    }
  });

  test('wait for what another gives back, when it does so before their own credits come', () => {
    // the first sends nine writes, of which eight take from the buffer; the second needs it for its second write
    const start = 300_000;
    const requests = [
      flow('from0', 'to0', 9 * PAYLOAD, { transfers: 1 }),
      flow('from1', 'to1', 2 * PAYLOAD, { transfers: 1, start: picoseconds(start) }),
    ];
    const { flows } = measure(machine({ own: 1, shared: sizeFor(8) }, 2), requests);
    const back = WIRE + LOOP;
    const way = LOOP;
    expect((flows[1]?.result.latency_ns?.mean ?? NaN) * 1e3).toBeCloseTo(back + way - start, 6);
  });

  test('have all they want where it is large enough for all', () => {
    for (const rate of rates({ own: 4, shared: sizeFor(4 * 140) }, 4)) expectWithin(rate, LINE);
  });
});
