import { describe, expect, test } from 'vitest';
import type { FlowRequest } from '../../src/dma/flow-spec.ts';
import type { System } from '../../src/system/system.ts';
import { flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

const SIZE = 65_536;
const FROM_HOST = flow('mem:s0', 'gpu', SIZE, { op: 'read', depth: 4 });
const TO_HOST = flow('gpu', 'mem:s0', SIZE, { depth: 4 });

/** Rates of flows side by side once they are steady. */
function rates(system: System, requests: readonly FlowRequest[], from_ns = 20_000, to_ns = 120_000) {
  const { flows } = measure(system, requests, { until: `${to_ns} ns` });
  return flows.map(({ arrivals }) => arrivals.rateWithin_GBps(from_ns, to_ns));
}

const expectWithin = (value: number | undefined, expected: number, within: number): void =>
  expect(Math.abs((value ?? NaN) / expected - 1), `${value} against ${expected}`).toBeLessThan(within);

/*
 * Ice Lake, rows 171 to 173 of the open measurements (host copies at Gen4 x16): from the host alone 25.5 GB/s; both ways 12
 * from the host and 24.5 to it. The mechanism (mechanisms, section 8, a): the root complex drains posted writes a little slower
 * than the link brings them, so that its posted buffer of 32 KB is always full; a read request must not pass the writes before
 * it, and so waits for all of that, up to 1.3 us beyond the 0.96 us of its own way (700 ns of memory, 260 ns of root complex
 * and link); 48 reads of 512 B in flight then carry half of what they carry alone. Reached: 25.8 alone, 11.0 and 24.5 both ways.
 */
const BUFFER: Numbers = { headers: 127, data: 2032 };
const DRAIN_GBPS = 24.5;
const IN_FLIGHT = 48 * 512;
const NS_PER_BYTE = 1 / 31.5076923;
/** Request, memory, root complex, flights, and two completions of 256 B. */
const ROUND_TRIP_NS = 24 * NS_PER_BYTE + 700 + 195 + 4 * 10 + 2 * 276 * NS_PER_BYTE;

interface IceLake {
  readonly drain?: string;
  readonly order?: 'ingress' | 'egress';
  readonly posted?: Numbers;
}

function iceLake({ drain = `${DRAIN_GBPS} GB/s`, order = 'ingress', posted = BUFFER }: IceLake): System {
  const cpu: Numbers = {
    order,
    port: { phy_latency: '10 ns', credits: { posted } },
    memory_latency: '700 ns',
    scopes: { memory: { write: { rate: drain }, read: { latency: '97.5 ns' } } },
  };
  const dma = { tags: 48, mrrs: '512 B' };
  const gpu = device('gpu', 'gen4x16', { port: { phy_latency: '10 ns' }, dma });
  return measuredSystem({ cpu, below: [gpu] });
}

describe('copies between Ice Lake and a device with 48 reads of 512 B', () => {
  const [alone] = rates(iceLake({}), [FROM_HOST]);
  const BOTH = [FROM_HOST, TO_HOST];

  test('from the host alone reach what was measured, 25.5 GB/s: what is in flight in each round trip', () => {
    expectWithin(alone, 25.5, 0.1);
    expectWithin(alone, IN_FLIGHT / ROUND_TRIP_NS, 0.01);
  });

  test('to the host alone go as fast as writes drain', () => {
    expectWithin(rates(iceLake({}), [TO_HOST])[0], DRAIN_GBPS, 1e-3);
  });

  test('both ways reach what was measured, 12 GB/s from the host and 24.5 to it', () => {
    const [from, to] = rates(iceLake({}), BOTH);
    expectWithin(from, 12, 0.1);
    expectWithin(to, 24.5, 0.1);
    expectWithin(to, DRAIN_GBPS, 1e-3);
  });

  test.each([127, 64, 32])('lose as much as a posted buffer of %i writes holds up each read', (headers) => {
    const posted = { headers, data: headers * 16 };
    const [from = NaN] = rates(iceLake({ posted }), BOTH);
    const wait = (headers * 256) / DRAIN_GBPS;
    const full = IN_FLIGHT / (ROUND_TRIP_NS + wait);
    // credits of the buffer are also under way to the sender, or held by the write that comes in
    const underWay = 2 * 20 + (256 / DRAIN_GBPS) * 3;
    expect(from).toBeGreaterThan(full * 0.99);
    expect(from).toBeLessThan((IN_FLIGHT / (ROUND_TRIP_NS + wait - underWay)) * 1.01);
  });

  test('lose nothing where writes drain at once, so that no read finds one before it', () => {
    const [from, to] = rates(iceLake({ drain: 'unlimited' }), BOTH);
    expectWithin(from, alone ?? NaN, 0.01);
    expect(to).toBeGreaterThan(26);
  });

  test('lose nothing from the host where reads need not stay behind writes', () => {
    const [from, to] = rates(iceLake({ order: 'egress' }), BOTH);
    expectWithin(from, alone ?? NaN, 0.01);
    expectWithin(to, DRAIN_GBPS, 1e-3);
  });

  test.each(['relaxedOrdering', 'idBasedOrdering'])(
    'lose as much with %s: it is requests of the same device that wait, not completions',
    (attribute) => {
      const plain = rates(iceLake({}), BOTH);
      expect(rates(iceLake({}), [{ ...FROM_HOST, [attribute]: true }, TO_HOST])).toEqual(plain);
    },
  );
});

/*
 * Rows 130 to 139 of the open measurements: eight GPUs below two switches copy to and from host memory, 114.1 and 112.8 GB/s
 * where the switches are on two quadrants, 73.1 and 72.9 where they are on one, in either direction (mechanisms, section 8: a
 * serial channel of 73 GB/s for each quadrant and direction).
 */
const QUADRANT: Numbers = { rate: '73 GB/s' };
const QUADRANTS: Numbers = { scopes: { memory: { write: QUADRANT, read: QUADRANT } } };
/** With more reads at a time completions come in runs for one device after the other, longer than the window. */
const TAGS = 256;
const EIGHT = Array.from({ length: 8 }, (_, i) => `g${i}`);

/** The machine with its host bridges on so many quadrants, one block after the other. */
function onQuadrants(system: System, count: number): System {
  const each = system.hostBridges.length / count;
  const hostBridges = system.hostBridges.map((bridge, i) => ({
    ...bridge,
    quadrant: `q${Math.floor(i / each)}`,
  }));
  return { ...system, hostBridges };
}

/** Eight devices on root ports of their own, or below two switches. */
function eight(count: number, below: 'root ports' | 'two switches'): System {
  const port: Numbers = { skp: '1/376' };
  const all = EIGHT.map((id) => device(id, 'gen5x16', { port, dma: { tags: TAGS } }));
  const halves = [all.slice(0, 4), all.slice(4)].map((half, i) =>
    pcieSwitch(`sw${i}`, 'gen5x16', half, { numbers: { port } }),
  );
  return onQuadrants(
    measuredSystem({
      cpu: { ...QUADRANTS, port, memory_latency: '500 ns' },
      below: below === 'root ports' ? all : halves,
    }),
    count,
  );
}

const to = (gpu: string): FlowRequest => flow(gpu, 'mem:s0', SIZE, { depth: 4 });
const from = (gpu: string): FlowRequest => flow('mem:s0', gpu, SIZE, { op: 'read', depth: 4 });
const sum = (all: readonly number[]): number => all.reduce((total, rate) => total + rate, 0);
const sumOf = (system: System, requests: readonly FlowRequest[]): number =>
  sum(rates(system, requests, 10_000, 40_000));

describe.each([
  ['to', to],
  ['from', from],
] as const)('eight devices that copy %s host memory', (_, copy) => {
  test.each([
    [1, 73],
    [2, 146],
    [4, 292],
  ])('on %i quadrants share %i GB/s', (count, expected) => {
    expectWithin(sumOf(eight(count, 'root ports'), EIGHT.map(copy)), expected, 0.005);
  });

  test('below two switches reach what was measured: 73 GB/s on one quadrant, 112.8 to 114.1 on two', () => {
    expectWithin(sumOf(eight(1, 'two switches'), EIGHT.map(copy)), 73, 0.005);
    expectWithin(sumOf(eight(2, 'two switches'), EIGHT.map(copy)), 113.4, 0.03);
  });
});

test('copies to and from one quadrant have 73 GB/s each at the same time', () => {
  const both = [...EIGHT.slice(0, 4).map(to), ...EIGHT.slice(4).map(from)];
  const reached = rates(eight(1, 'root ports'), both, 10_000, 40_000);
  expectWithin(sum(reached.slice(0, 4)), 73, 0.005);
  expectWithin(sum(reached.slice(4)), 73, 0.005);
});

/** A copy from each device of one socket to that of the same number of another. */
const across = (source: string, target: string, more = {}): readonly FlowRequest[] =>
  [0, 1, 2].map((i) => flow(`${source}${i}`, `${target}${i}`, SIZE, { depth: 4, ...more }));
const READ = { op: 'read' as const };

describe('devices of two sockets whose link carries 50 GB/s a direction', () => {
  const rate: Numbers = { rate: '50 GB/s' };
  const cpu: Numbers = { scopes: { socket_link: { write: rate, read: rate } } };
  const socket = (name: string) => ({ cpu, below: [0, 1, 2].map((i) => device(`${name}${i}`, 'gen5x16')) });
  const system = measuredSystem(socket('a'), socket('b'));

  test('share it among all writes of one direction', () => {
    expectWithin(sumOf(system, across('a', 'b')), 50, 0.005);
    expectWithin(sumOf(system, across('b', 'a')), 50, 0.005);
  });

  test('have as much in the other direction at the same time', () => {
    const reached = rates(system, [...across('a', 'b'), ...across('b', 'a')], 10_000, 40_000);
    expectWithin(sum(reached.slice(0, 3)), 50, 0.005);
    expectWithin(sum(reached.slice(3)), 50, 0.005);
  });

  test('share it among all reads of one direction', () => {
    expectWithin(sumOf(system, across('a', 'b', READ)), 50, 0.005);
  });

  test('and memory of the other socket is behind it too', () => {
    const memory = [0, 1, 2].map((i) => flow(`a${i}`, 'mem:s1', SIZE, { depth: 4 }));
    expectWithin(sumOf(system, memory), 50, 0.005);
    expect(
      sumOf(
        system,
        [0, 1, 2].map((i) => flow(`a${i}`, 'mem:s0', SIZE, { depth: 4 })),
      ),
    ).toBeGreaterThan(170);
  });
});
