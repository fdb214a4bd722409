import { describe, expect, test } from 'vitest';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/*
 * Writes of 64 B with headers of 4 double words take 88 B on the wire. Without scaled flow control at most 127 headers can be
 * outstanding, and at Gen5 x16 these last 127 x 88 B, 177 ns: a longer credit loop leaves the link idle (pcie-facts, section 2).
 */
const PS_PER_BYTE = 1000 / 63.0153846;
const PAYLOAD = 64;
const WIRE = Math.round((PAYLOAD + 24) * PS_PER_BYTE);
const HEADERS = 127;
const LINE = (PAYLOAD * 1000) / WIRE;

interface Loop {
  readonly headers?: number;
  /** One way over the link. */
  readonly flight?: number;
  /** Of the switch, which holds the TLP as long. */
  readonly latency?: number;
  /** Until the UpdateFC leaves. */
  readonly update?: number;
  /** At whose multiples UpdateFCs leave. */
  readonly period?: number;
}

/** From the start of a TLP to the return of its header, in ps, with UpdateFCs that leave when a header is free. */
const loopOf = ({ flight = 0, latency = 0, update = 0 }: Loop): number =>
  (2 * flight + latency + update) * 1000 + WIRE;

/** Rate of writes over as many loops as give whole numbers of headers. */
function rate({ headers = HEADERS, flight = 0, latency = 0, update = 0, period = 0 }: Loop): number {
  const port: Numbers = {
    phy_latency: `${flight / 2} ns`,
    update_latency: `${update} ns`,
    update_fc: period === 0 ? 'at once' : `${period} ns`,
    credits: { posted: { headers, data: 2032 } },
  };
  const ends = ['near', 'far'].map((id) =>
    device(id, 'gen5x16', {
      port: { phy_latency: port['phy_latency'] ?? '0 ns' },
      dma: { write_chunk: '64 B' },
    }),
  );
  const chip = pcieSwitch('sw', 'gen5x16', ends, { numbers: { latency: `${latency} ns`, port } });
  const transfers = headers * 40 + 1;
  const { arrivals } = measureOne(
    measuredSystem({ below: [chip] }),
    flow('near', 'far', PAYLOAD, { transfers, depth: transfers }),
  );
  return arrivals.steadyRate_GBps(PAYLOAD, headers * 10);
}

const expectWithin = (value: number, expected: number, within: number): void =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(within);

describe('127 posted headers of writes of 64 B', () => {
  test('cover a credit loop of 177 ns at Gen5 x16', () => {
    expectWithin((HEADERS * WIRE) / 1000, 177, 0.005);
  });

  test.each([
    ...[0, 100, 150, 170, 175, 180, 200, 300, 400, 600].map((latency) => [0, latency, 0] as const),
    ...[10, 40, 80, 87, 90, 100, 200].map((flight) => [flight, 0, 0] as const),
    ...[50, 170, 180, 250, 400].map((update) => [0, 0, update] as const),
    [20, 100, 30] as const,
    [20, 115, 60] as const,
  ])(
    'reach the lesser of the line and 127 x 64 B a loop over a flight of %i ns, a switch of %i and UpdateFCs of %i',
    (flight, latency, update) => {
      const loop = { flight, latency, update };
      const bound = Math.min(LINE, (HEADERS * PAYLOAD * 1000) / loopOf(loop));
      const reached = rate(loop);
      expectWithin(reached, bound, 0.01);
      expect(reached).toBeLessThanOrEqual(bound * (1 + 1e-9));
    },
  );

  test('have their knee there: 1 ns less costs nothing, and beyond each ns costs its share', () => {
    const beyond = (loop_ns: number): number => rate({ latency: loop_ns - WIRE / 1000 }) / LINE;
    expectWithin(beyond(176), 1, 1e-3);
    expectWithin(beyond(180), (HEADERS * WIRE) / 180_000, 1e-3);
    expectWithin(beyond(354.6), 0.5, 1e-3);
  });

  test('let 20 GB/s go over a loop of 400 ns, as pcie-facts derives', () => {
    expectWithin(rate({ latency: 400 - WIRE / 1000 }), 20.3, 0.005);
  });
});

describe('UpdateFCs that leave at the multiples of a period', () => {
  test.each([
    [100, 30],
    [100, 70],
    [100, 128],
    [250, 100],
    [40, 250],
  ])('lengthen a loop of %i ns and one header to whole periods of %i ns', (latency, period) => {
    const loop = loopOf({ latency });
    const whole = Math.ceil(loop / (period * 1000)) * period * 1000;
    expectWithin(rate({ headers: 1, latency, period }), (PAYLOAD * 1000) / whole, 1e-6);
  });

  test.each([
    [250, 20],
    [250, 50],
    [250, 100],
    [400, 60],
    [400, 150],
    [400, 350],
  ])('lengthen a loop of %i ns and 127 headers by no more than %i ns', (latency, period) => {
    const size = HEADERS * PAYLOAD * 1000;
    const loop = loopOf({ latency });
    const reached = rate({ latency, period });
    expect(reached).toBeLessThan((size / loop) * (1 + 1e-9));
    expect(reached).toBeGreaterThan((size / (loop + period * 1000)) * 0.99);
    // and they do lengthen it
    expect(reached).toBeLessThan((size / loop) * 0.99);
  });
});
