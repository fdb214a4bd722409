import { describe, expect, test } from 'vitest';
import type { System } from '../../src/system/system.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/*
 * Little's law for tags, outstanding bytes and posted credits, with the engine's own rates against loops that are summed by
 * hand: Gen5 x16, one byte in 15.869 ps, 10 ns of flight (5 ns an end), a cut-through switch of 100 ns. Rates are taken over
 * whole loops, since what returns together goes together.
 */
const PS_PER_BYTE = 1e12 / ((16 * 32e9 * 128) / 130 / 8);
/** Time of one TLP on the link; the clock counts whole picoseconds, and each TLP is rounded once. */
const wire = (payload: number, overhead: number): number => Math.round((payload + overhead) * PS_PER_BYTE);
const FLIGHT = 10_000;
const SWITCH = 100_000;
const PORT: Numbers = { phy_latency: '5 ns' };
/** What Gen5 x16 carries of payloads of 256 B at most, in GB/s: writes with 24 B, completions with 20 B around them. */
const WRITES_256 = perLoop(256, wire(256, 24));
const COMPLETIONS_256 = perLoop(256, wire(256, 20));
const COMPLETIONS_128 = perLoop(128, wire(128, 20));

interface Ends {
  readonly near?: Numbers;
  readonly switch?: Numbers;
  readonly far?: Numbers;
}

/** The initiator `near` and its peer `far` below one switch. */
function pairBelowSwitch({ near = {}, switch: numbers = {}, far = {} }: Ends): System {
  const below = [
    device('near', 'gen5x16', { ...near, port: PORT }),
    device('far', 'gen5x16', { port: PORT, ...far }),
  ];
  const between = { latency: '100 ns', port: PORT, ...numbers };
  return measuredSystem({ below: [pcieSwitch('sw', 'gen5x16', below, { numbers: between })] });
}

/** So many bytes in each loop of so many picoseconds, in GB/s. */
function perLoop(size: number, loop_ps: number): number {
  return (size * 1e3) / loop_ps;
}

function expectReached(rate: number, bound: number): void {
  expect(rate).toBeLessThanOrEqual(bound * (1 + 1e-9));
  expect(rate).toBeGreaterThanOrEqual(bound * 0.99);
}

/** From the start of a request of 24 B to the arrival of the last of its completions of at most 256 B. */
function roundTrip(mrrs: number, completer_ns: number): number {
  const completions = mrrs < 256 ? wire(mrrs, 20) : (mrrs / 256) * wire(256, 20);
  return 4 * FLIGHT + 2 * SWITCH + completer_ns * 1e3 + wire(0, 24) + completions;
}

function reader(mrrs: number, completer_ns: number, dma: Numbers): System {
  const near = { dma: { mrrs: `${mrrs} B`, ...dma } };
  return pairBelowSwitch({ near, far: { port: PORT, completer: { latency: `${completer_ns} ns` } } });
}

/** Rate of reads of one request each, over three loops of so many requests. */
function readRate(system: System, mrrs: number, inLoop: number): number {
  const transfers = inLoop * 7 + 1;
  const reads = flow('far', 'near', mrrs, { op: 'read', transfers, depth: transfers });
  return measureOne(system, reads).arrivals.steadyRate_GBps(mrrs, inLoop * 2);
}

describe('reads', () => {
  const CASES = [
    { tags: 1, mrrs: 512, completer: 400 },
    { tags: 2, mrrs: 128, completer: 0 },
    { tags: 8, mrrs: 128, completer: 400 },
    { tags: 32, mrrs: 128, completer: 200 },
    { tags: 16, mrrs: 256, completer: 1000 },
    { tags: 64, mrrs: 256, completer: 400 },
    { tags: 32, mrrs: 512, completer: 1000 },
    { tags: 100, mrrs: 512, completer: 1000 },
    { tags: 3, mrrs: 4096, completer: 200 },
    { tags: 13, mrrs: 4096, completer: 1000 },
    { tags: 256, mrrs: 512, completer: 200 },
    { tags: 64, mrrs: 512, completer: 250 },
    { tags: 16, mrrs: 4096, completer: 50 },
  ];

  test.each(CASES)(
    'a request of $mrrs B to a completer of $completer ns takes the round trip summed by hand',
    ({ mrrs, completer }) => {
      const { result } = measureOne(
        reader(mrrs, completer, { tags: 1 }),
        flow('far', 'near', mrrs, { op: 'read', transfers: 20 }),
      );
      const measured = (result.latency_ns?.mean ?? NaN) * 1e3;
      expect(Math.abs(measured / roundTrip(mrrs, completer) - 1)).toBeLessThan(0.001);
    },
  );

  for (const { tags, mrrs, completer } of CASES) {
    const bound = perLoop(tags * mrrs, roundTrip(mrrs, completer));
    const link = mrrs < 256 ? COMPLETIONS_128 : COMPLETIONS_256;
    const what = `${tags} tags of ${mrrs} B over ${completer} ns of completer`;
    if (bound < link) {
      test(`${what} reach tags x MRRS / round trip within 1 % and never exceed it`, () => {
        expectReached(readRate(reader(mrrs, completer, { tags }), mrrs, tags), bound);
      });
    } else {
      test(`${what}, more than the link needs, fill the link and no more`, () => {
        expectReached(readRate(reader(mrrs, completer, { tags }), mrrs, tags), link);
      });
    }
  }

  test.each([
    [4096, 512],
    [3000, 512],
    [16_384, 4096],
  ])(
    '%i outstanding bytes in requests of %i B reach as many whole requests each round trip',
    (size, mrrs) => {
      const loop = roundTrip(mrrs, 1000);
      const system = reader(mrrs, 1000, { outstanding_bytes: `${size} B` });
      const requests = Math.floor(size / mrrs);
      expectReached(readRate(system, mrrs, requests), perLoop(requests * mrrs, loop));
    },
  );
});

/** Rate of writes of one TLP each, over ten loops of so many TLPs. */
function writeRate(ends: Ends, payload: number, inLoop: number): number {
  const near = { dma: { write_chunk: `${payload} B` } };
  const transfers = inLoop * 14 + 1;
  const writes = flow('near', 'far', payload, { transfers, depth: transfers });
  return measureOne(pairBelowSwitch({ ...ends, near }), writes).arrivals.steadyRate_GBps(payload, inLoop * 2);
}

const posted = (credits: Numbers, update = '0 ns'): Numbers => ({
  port: { ...PORT, update_latency: update, credits: { posted: credits } },
});

/** From a TLP's start to the return of its credit from the switch, which lets it go after its own latency. */
const switchLoop = (payload: number, update_ns = 0): number =>
  2 * FLIGHT + SWITCH + wire(payload, 24) + update_ns * 1e3;
/** The same from a device, which takes it when its tail has come. */
const deviceLoop = (payload: number, update_ns = 0): number =>
  2 * FLIGHT + wire(payload, 24) + update_ns * 1e3;

describe('posted writes', () => {
  test.each([
    [1, 256],
    [4, 256],
    [20, 256],
    [8, 64],
    [16, 128],
  ])('%i header credits of a switch let so many payloads of %i B go each loop', (headers, payload) => {
    expectReached(
      writeRate({ switch: posted({ headers }) }, payload, headers),
      perLoop(headers * payload, switchLoop(payload)),
    );
  });

  test.each([
    [1, 256],
    [3, 256],
    [6, 64],
  ])('%i header credits of a device let so many payloads of %i B go each loop', (headers, payload) => {
    expectReached(
      writeRate({ far: posted({ headers }) }, payload, headers),
      perLoop(headers * payload, deviceLoop(payload)),
    );
  });

  test.each([
    [16, 256],
    [64, 256],
    [200, 256],
    [70, 256],
    [64, 128],
  ])('%i data credits of a switch let so many whole payloads of %i B go each loop', (data, payload) => {
    const payloads = Math.floor((data * 16) / payload);
    const rate = writeRate({ switch: posted({ data }) }, payload, payloads);
    expectReached(rate, perLoop(payloads * payload, switchLoop(payload)));
  });

  test.each([50, 300])('%i ns before the UpdateFC lengthen the loop by as much', (update) => {
    const numbers = posted({ headers: 4 }, `${update} ns`);
    expectReached(writeRate({ switch: numbers }, 256, 4), perLoop(4 * 256, switchLoop(256, update)));
    expectReached(writeRate({ far: numbers }, 256, 4), perLoop(4 * 256, deviceLoop(256, update)));
  });

  test('credits for more than a loop leave the limit to the link', () => {
    const headers = Math.ceil((switchLoop(256) / 256) * WRITES_256 * 1e-3) + 1;
    expectReached(writeRate({ switch: posted({ headers }) }, 256, headers), WRITES_256);
  });
});
