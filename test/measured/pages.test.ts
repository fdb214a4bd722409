import { describe, expect, test } from 'vitest';
import type { PagesClientSpec, PagesSpec } from '../../src/dma/pages/pages-spec.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { PagesClientResult, PagesResult } from '../../src/experiment/pages-result.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, bytesPerSecond, picoseconds } from '../../src/units.ts';
import { erlangLoss } from '../../src/experiment/cmb-exhaustion-loss.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, pcieSwitch } from '../support/measured-system.ts';

const US = 1e6;
const KIB = 1024;
const SIZE = 128 * KIB;
/** Blocks of `SIZE` in the smallest pool there is. */
const BLOCKS = 16;
const LARGE = {
  dma: { write_chunk: '4 KiB', mps: '4 KiB', mrrs: '4 KiB' },
  completer: { completion_chunk: '4 KiB' },
};

/** A client and a provider below one switch, and memory that answers after 300 ns. */
const MACHINE = measuredSystem({
  cpu: { memory_latency: '300 ns', completion_chunk: '4 KiB' },
  below: [pcieSwitch('sw', 'gen5x16', [device('nic', 'gen5x16', LARGE), device('cmb', 'gen5x16', LARGE)])],
});
const profile = loadKernelProfile();
const runner = new Runner();

const client = (changes: Partial<PagesClientSpec> = {}): PagesClientSpec => ({
  id: 'nic',
  device: 'nic',
  op: 'write',
  size: bytes(SIZE),
  depth: 1,
  rate: null,
  requests: 20,
  hold: picoseconds(10 * US),
  start: picoseconds(0),
  leak: false,
  ...changes,
});

const pages = (clients: readonly PagesClientSpec[], changes: Partial<PagesSpec> = {}): PagesSpec => ({
  id: 'pool',
  provider: 'cmb',
  pool: bytes(BLOCKS * SIZE),
  fallback: 'mem:s0',
  remove: null,
  grace: picoseconds(0),
  clients,
  ...changes,
});

interface Options {
  readonly system?: System;
  readonly seed?: string;
  readonly until?: number;
}

function simulate(spec: PagesSpec, { system = MACHINE, seed = '1', until }: Options = {}): PagesResult {
  const end = until === undefined ? null : picoseconds(until);
  const result = runner.run({ system, profile, flows: [], pages: [spec], seed, until: end });
  return result.pages?.[0] as PagesResult;
}

const only = ({ clients }: PagesResult): PagesClientResult => clients[0] as PagesClientResult;

/** Latency of one transfer as a flow of its own has it, in ns. */
const alone = (from: string, to: string, op: 'write' | 'read', size = SIZE): number =>
  measureOne(MACHINE, flow(from, to, size, { op, transfers: 1 })).result.latency_ns?.mean ?? Number.NaN;

/** So large a request that the pool never has room. */
const TOO_LARGE = bytes(4 * KIB * KIB);

describe('a request that is alone takes', () => {
  test.each([
    ['write', 'nic', 'cmb'],
    ['read', 'cmb', 'nic'],
  ] as const)('its %s and the hold, with its data in the pool', (op, from, to) => {
    const { pool, system } = only(simulate(pages([client({ op })])));
    expect([pool.requests, system.requests]).toEqual([20, 0]);
    expect(pool.latency_ns?.p50).toBeCloseTo(alone(from, to, op) + 10_000, 3);
    expect(pool.latency_ns?.p99).toBeCloseTo(pool.latency_ns?.p50 ?? NaN, 3);
  });

  test.each([
    ['write', 'nic', 'mem:s0', 'mem:s0', 'cmb'],
    ['read', 'mem:s0', 'nic', 'cmb', 'mem:s0'],
  ] as const)(
    'its %s, one of the provider, and the hold, with its data in system memory',
    (op, from, to, own, end) => {
      const { pool, system } = only(simulate(pages([client({ op, size: TOO_LARGE, requests: 3 })])));
      const other = op === 'write' ? 'read' : 'write';
      expect([pool.requests, system.requests]).toEqual([0, 3]);
      expect(system.latency_ns?.p50).toBeCloseTo(
        alone(from, to, op, TOO_LARGE) + alone(own, end, other, TOO_LARGE) + 10_000,
        3,
      );
    },
  );
});

describe('requests fall back to system memory', () => {
  test('not once while as many are under way as the pool has blocks', () => {
    const result = simulate(pages([client({ depth: BLOCKS, requests: 400 })]));
    expect(only(result).system.requests).toBe(0);
    expect(result.high_water_bytes).toBe(BLOCKS * SIZE);
  });

  test('with one more than that: the last of the first, and later ones', () => {
    const first = only(simulate(pages([client({ depth: BLOCKS + 1, requests: BLOCKS + 1 })])));
    expect([first.pool.requests, first.system.requests]).toEqual([BLOCKS, 1]);
    const all = only(simulate(pages([client({ depth: BLOCKS + 1, requests: 400 })])));
    expect(all.system.requests).toBeGreaterThan(1);
  });

  test('in two modes of latency, each narrow, a second transfer apart', () => {
    // requests are so far apart that their transfers hardly ever meet
    const [size, hold] = [bytes(512 * KIB), picoseconds(2000 * US)];
    const rate = bytesPerSecond((3 * size * 1e12) / hold);
    const { pool, system, fallback_share } = only(
      simulate(pages([client({ size, hold, rate, requests: 400 })])),
    );
    const gap = (system.latency_ns?.p50 ?? NaN) - (pool.latency_ns?.p50 ?? NaN);
    expect(Math.abs((fallback_share ?? NaN) / erlangLoss(3, 4) - 1)).toBeLessThan(0.2);
    expect(gap).toBeGreaterThan(0.9 * alone('mem:s0', 'cmb', 'read', size));
    // one in a hundred meets another's transfer
    expect(pool.latency_ns?.p99 ?? NaN).toBeLessThan(system.latency_ns?.p50 ?? NaN);
    for (const { latency_ns: mode } of [pool, system])
      expect((mode?.mean ?? NaN) - (mode?.p50 ?? NaN)).toBeLessThan(0.1 * gap);
  });

  test('where the kernel refuses the pair, with the reason', () => {
    const system = refusing();
    const { pool, system: fallback, refused } = only(simulate(pages([client()]), { system }));
    expect([pool.requests, fallback.requests]).toEqual([0, 20]);
    expect(refused).toMatch(/host bridge/);
  });
});

/** Two root ports of a processor of which the kernel knows nothing. */
function refusing(): System {
  const apart = measuredSystem({ below: [device('nic', 'gen5x16', LARGE), device('cmb', 'gen5x16', LARGE)] });
  const unknown = { vendor: 'Intel', family: 6 } as const;
  return {
    ...apart,
    sockets: apart.sockets.map(({ id, part }) => ({ id, part: { ...part, ...unknown } })),
  };
}

describe('an open load', () => {
  const HOLD = 100 * US;
  /** Requests per second times the time that each holds its block. */
  const load = (erlangs: number, requests: number): PagesClientSpec => {
    const held = HOLD + alone('nic', 'cmb', 'write') * 1e3;
    return client({
      hold: picoseconds(HOLD),
      rate: bytesPerSecond((SIZE * erlangs * 1e12) / held),
      requests,
    });
  };

  test.each([4, 8])('of %i erlangs fills as many blocks of a pool that is ample (Little)', (erlangs) => {
    const until = 20_000 * US;
    const spec = pages([load(erlangs, 1e6)], { pool: bytes(64 * BLOCKS * SIZE) });
    const { mean_bytes: mean } = simulate(spec, { until });
    expect(Math.abs(mean / SIZE / erlangs - 1)).toBeLessThan(0.05);
  });

  test.each([
    [12, 20_000],
    [16, 8000],
    [24, 8000],
  ])(
    "of %i erlangs is served by system memory as often as Erlang's loss formula says",
    (erlangs, requests) => {
      const { fallback_share: share } = only(simulate(pages([load(erlangs, requests)])));
      expect(Math.abs((share ?? NaN) / erlangLoss(erlangs, BLOCKS) - 1)).toBeLessThan(0.1);
    },
  );
});

describe("an unbind of the provider's driver", () => {
  const HOLD = 50 * US;
  const cycle = HOLD + alone('nic', 'cmb', 'write') * 1e3;

  test.each([0.1, 0.5, 1.5, 2.97])('begun %f requests after the start lasts until the hold ends', (at) => {
    const remove = picoseconds(Math.round(at * cycle));
    const result = simulate(pages([client({ hold: picoseconds(HOLD), requests: null })], { remove }), {
      until: 1000 * US,
    });
    const [removal] = result.removals;
    expect(removal).toMatchObject({ from_ps: remove, references: 1, references_left: 0 });
    expect(removal?.to_ps).toBeCloseTo(Math.ceil(at) * cycle, -1);
    expect(result.state).toBe('unbound');
    expect(only(result).refused_requests).toBe(1);
    expect(only(result).all.requests).toBe(Math.ceil(at));
  });

  test('waits for the longest of all holds that are left', () => {
    const long = client({ id: 'long', hold: picoseconds(400 * US), requests: 1 });
    const short = client({ id: 'short', hold: picoseconds(HOLD), requests: null, depth: 4 });
    const [removal] = simulate(pages([short, long], { remove: picoseconds(20 * US) }), {
      until: 1000 * US,
    }).removals;
    expect(removal?.references).toBe(5);
    expect((removal?.to_ps ?? NaN) - 400 * US).toBeGreaterThan(0);
    expect((removal?.to_ps ?? NaN) - 400 * US).toBeLessThan(25 * US);
  });

  test('lasts a grace period at least', () => {
    const idle = client({ requests: 1, hold: picoseconds(1000) });
    const spec = pages([idle], { remove: picoseconds(100 * US), grace: picoseconds(30 * US) });
    expect(simulate(spec).removals).toMatchObject([{ references: 0, waited_ns: 30_000 }]);
  });

  test('never returns where a process has pinned a page and keeps it, though its mapping has gone', () => {
    const spec = pages([client({ leak: true })], { remove: picoseconds(500 * US) });
    const result = simulate(spec, { until: 5000 * US });
    expect(result.state).toBe('unbinding');
    expect(result.removals).toEqual([
      {
        from_ps: 500 * US,
        to_ps: null,
        references: 1,
        references_after_mappings: 1,
        references_left: 1,
        waited_ns: null,
      },
    ]);
    expect(() => simulate(spec)).toThrow(/pool \(cmb\) waits for 1 references to unbind/);
  });
});

describe('runs with paged memory', () => {
  const spec = pages([
    client({ rate: bytesPerSecond(2e10), requests: 500 }),
    client({ id: 'second', op: 'read', depth: 12, requests: 200 }),
  ]);

  test('are the same again with the same seed, on a fresh engine too, and others with another', () => {
    const [first, again, other] = ['7', '7', '8'].map((seed) => simulate(spec, { seed }));
    expect(again).toEqual(first);
    const fresh = new Runner().run({
      system: MACHINE,
      profile,
      flows: [],
      pages: [spec],
      seed: '7',
      until: null,
    });
    expect(fresh.pages?.[0]).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('free each block once, whatever their clients do', () => {
    const { operations, clients, state } = simulate(spec);
    const [all, fromPool] = [700, clients.reduce((sum, { pool }) => sum + pool.requests, 0)];
    // a resource, its publishing, an allocation of each request, and a free of each that got one
    expect(operations).toBe(2 + all + fromPool);
    expect(state).toBe('bound');
  });
});
