import { describe, expect, test } from 'vitest';
import { flowSpec } from '../../src/dma/flow-spec.ts';
import { Runner } from '../../src/experiment/runner.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { withBitErrorRate } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem, pcieSwitch } from '../support/measured-system.ts';

/*
 * Closed form. A TLP of n bits comes over a link whose bits are bad independently with probability b: good with (1 - b)^n, so
 * that it is sent 1 + q / (1 - q) times on the average, q = 1 - (1 - b)^n. All that follows a bad one is thrown away until the
 * Nak has come back and the TLP is sent again (go-back-N; Bertsekas and Gallager, Data Networks, 2nd edition, section 2.4): each
 * bad transmission costs its own time and that until the Nak (the replay timer, where the Nak's 64 bits are not all good).
 */
const RATE = 31.5076923;
const FLIGHT_NS = 20;
const NAK_NS = 2 * FLIGHT_NS + 8 / RATE;
/** Three times the Ack latency limit of 168 symbol times at Gen4 x16. */
const TIMER_NS = (3 * 168 * 8) / 16 / (128 / 130);

const runner = new Runner();
const profile = loadKernelProfile();

function machine(rate: number, payload: number): System {
  const port = { phy_latency: `${FLIGHT_NS / 2} ns` };
  const dma = { mps: `${payload} B`, write_chunk: `${payload} B` };
  const ends = ['a', 'b'].map((id) => device(id, 'gen4x16', { port, dma }));
  const system = measuredSystem({ below: [pcieSwitch('sw', 'gen4x16', ends, { numbers: { port } })] });
  return withBitErrorRate(system, 'sw.d0', rate);
}

interface Case {
  readonly rate: number;
  readonly payload: number;
  readonly tlps: number;
}

/** One transfer of so many TLPs over the bad link. */
function run({ rate, payload, tlps }: Case) {
  const copy = flowSpec({ from: ['a'], to: ['b'], size: bytes(payload * tlps), transfers: 1 });
  const request = { system: machine(rate, payload), profile, flows: [copy], seed: 'bits', until: null };
  const { flows, links } = runner.run(request);
  const link = links.find(({ id }) => id === 'link:sw.d0:up');
  return { goodput: flows[0]?.goodput_GBps ?? NaN, replays: link?.replays ?? NaN };
}

function expected({ rate, payload, tlps }: Case) {
  const bad = -Math.expm1((payload + 24) * 8 * Math.log1p(-rate));
  const replays = bad / (1 - bad);
  const lostNak = -Math.expm1(64 * Math.log1p(-rate));
  const own = (payload + 24) / RATE;
  const each = own + replays * (own + (1 - lostNak) * NAK_NS + lostNak * TIMER_NS);
  return { goodput: payload / each, replays: replays * tlps };
}

describe('bit errors of a link', () => {
  // TLPs enough for 20 000 and 40 000 replays, whose counts then scatter by 0.7 and 0.5 %
  test.each([
    { rate: 1e-7, payload: 4096, tlps: 6_000_000 },
    { rate: 1e-6, payload: 4096, tlps: 1_200_000 },
    { rate: 1e-5, payload: 256, tlps: 1_800_000 },
  ])('at $rate of $tlps TLPs of $payload B cost replays and goodput as in the closed form', (each) => {
    const measured = run(each);
    expect(Math.abs(measured.replays / expected(each).replays - 1)).toBeLessThan(0.02);
    expect(Math.abs(measured.goodput / expected(each).goodput - 1)).toBeLessThan(0.02);
  });

  test('lose nothing and deliver nothing twice', () => {
    const { flows, result } = measure(machine(1e-5, 256), [flow('a', 'b', 256 * 20_000, { transfers: 1 })]);
    const arrivals = flows[0]?.arrivals;
    expect(result.links.find(({ id }) => id === 'link:sw.d0:up')?.replays).toBeGreaterThan(300);
    expect([arrivals?.bytes, arrivals?.count]).toEqual([256 * 20_000, 20_000]);
  });

  test('that are rarer leave goodput as it is, and come as often as chance has it', () => {
    const rare = { rate: 1e-9, payload: 256, tlps: 1_000_000 };
    const measured = run(rare);
    expect(expected(rare).replays).toBeCloseTo(2.24, 2);
    // 95 % of a Poisson count of this mean
    expect(measured.replays).toBeLessThanOrEqual(6);
    expect(Math.abs(measured.goodput / run({ ...rare, rate: 0 }).goodput - 1)).toBeLessThan(0.001);
  });
});
