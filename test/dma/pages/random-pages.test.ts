import { describe, expect, test } from 'vitest';
import type { PagesClientSpec, PagesSpec } from '../../../src/dma/pages/pages-spec.ts';
import { RandomStream } from '../../../src/engine/random-stream.ts';
import type { PagesResult } from '../../../src/experiment/pages-result.ts';
import { Runner } from '../../../src/experiment/runner.ts';
import { loadKernelProfile } from '../../../src/node/load-kernel.ts';
import { setIommu, withRedirect } from '../../../src/system/edit.ts';
import { bytes, bytesPerSecond, picoseconds } from '../../../src/units.ts';
import { device, measuredSystem, pcieSwitch } from '../../support/measured-system.ts';

const US = 1e6;
const MIB = 2 ** 20;
const NAMES = ['a', 'b', 'c', 'd'];
const RUNS = 24;
const profile = loadKernelProfile();
const runner = new Runner();

const below = (id: string) => device(id, 'gen5x8', { completer: { latency: '300 ns' } });
const MACHINE = measuredSystem({
  cpu: { memory_latency: '200 ns' },
  below: [pcieSwitch('sw', 'gen5x16', NAMES.slice(0, 3).map(below)), below('d')],
});

function client(draws: RandomStream, provider: string, id: string): PagesClientSpec {
  const of = <T>(values: readonly T[]): T => values[draws.below(values.length)] as T;
  return {
    id,
    device: of(NAMES.filter((name) => name !== provider)),
    op: of(['write', 'read']),
    size: bytes(of([512, 4096, 10_000, 300_000, MIB])),
    depth: 1 + draws.below(8),
    rate: draws.chance(0.5) ? bytesPerSecond(1e9 * (1 + draws.below(20))) : null,
    requests: draws.chance(0.5) ? 1 + draws.below(60) : null,
    hold: picoseconds(draws.below(of([1, 10, 100]) * US)),
    start: picoseconds(draws.below(50 * US)),
    leak: draws.chance(0.15),
  };
}

function pages(draws: RandomStream, provider: string): PagesSpec {
  return {
    id: `of ${provider}`,
    provider,
    pool: bytes(2 * MIB * (1 + draws.below(2))),
    fallback: 'mem:s0',
    remove: draws.chance(0.8) ? picoseconds(draws.below(250 * US)) : null,
    grace: picoseconds(draws.below(2) * 10 * US),
    clients: Array.from({ length: 1 + draws.below(4) }, (_, i) => client(draws, provider, `${provider}${i}`)),
  };
}

function run(seed: number): readonly { readonly spec: PagesSpec; readonly result: PagesResult }[] {
  const draws = new RandomStream(`${seed}`, 'random-pages');
  const redirected = draws.chance(0.5) ? MACHINE : withRedirect(MACHINE, 'all');
  const system = setIommu(redirected, draws.chance(0.5) ? 'off' : 'translate', bytes(4096));
  const specs = ['a', 'd'].map((provider) => pages(draws, provider));
  const until = picoseconds(600 * US);
  const result = runner.run({ system, profile, flows: [], pages: specs, seed: `${seed}`, until });
  return specs.map((spec, i) => ({ spec, result: result.pages?.[i] as PagesResult }));
}

/** A run throws where an invariant is broken: also where a TLP comes to a client's memory that it has not allocated. */
const lives = Array.from({ length: RUNS }, (_, seed) => run(seed)).flat();
const removals = lives.flatMap(({ spec, result }) =>
  result.removals.map((removal) => ({ spec, removal, result })),
);

describe('providers and clients that do as they please', () => {
  test('break no invariant in thousands of operations, and are served from both memories', () => {
    expect(lives.reduce((sum, { result }) => sum + result.operations, 0)).toBeGreaterThan(5000);
    const clients = lives.flatMap(({ result }) => result.clients);
    for (const kind of ['pool', 'system'] as const)
      for (const op of ['write', 'read'])
        expect(clients.some((each) => each.op === op && each[kind].requests > 0)).toBe(true);
    expect(clients.some(({ refused_requests }) => refused_requests > 0)).toBe(true);
  });

  test('hold no more than the pool, and on average no more than at most', () => {
    for (const { result } of lives) {
      expect(result.high_water_bytes).toBeLessThanOrEqual(result.pool_bytes);
      expect(result.mean_bytes).toBeLessThanOrEqual(result.high_water_bytes);
    }
  });

  test('let every unbind return, but for those with a page that leaks', () => {
    expect(removals.length).toBeGreaterThan(RUNS);
    const waiting = removals.filter(({ removal }) => removal.to_ps === null);
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.length).toBeLessThan(removals.length / 2);
    for (const { spec, removal, result } of removals) {
      const leaks = spec.clients.some(({ leak, start }) => leak && start <= removal.from_ps);
      expect(removal.to_ps === null, spec.id).toBe(leaks && removal.references_left > 0);
      expect(result.state).toBe(removal.to_ps === null ? 'unbinding' : 'unbound');
      if (removal.to_ps !== null) expect(removal.references_left).toBe(0);
    }
  });
});
