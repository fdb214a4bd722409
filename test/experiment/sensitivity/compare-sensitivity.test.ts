import { describe, expect, it } from 'vitest';
import { flowSpec } from '../../../src/dma/flow-spec.ts';
import { compare, type Comparison } from '../../../src/experiment/compare.ts';
import { Runner } from '../../../src/experiment/runner.ts';
import { compareSensitivity } from '../../../src/experiment/sensitivity/compare-sensitivity.ts';
import { survival } from '../../../src/experiment/sensitivity/survival.ts';
import { loadKernelProfile } from '../../../src/node/load-kernel.ts';
import type { System } from '../../../src/system/system.ts';
import { type NumberChange, withScaledPart } from '../../../src/system/with-scaled-part.ts';
import { bytes } from '../../../src/units.ts';
import { device, measuredSystem } from '../../support/measured-system.ts';

const profile = loadKernelProfile();
const FLOWS = [flowSpec({ from: ['a'], to: ['b'], size: bytes(2 ** 18), transfers: 4, depth: 2 })];

/** Two devices at root ports of their own, with so many GB/s between them; all else costs nothing. */
function capped(name: string, rate: number): System {
  const write = { rate: `${rate} GB/s` };
  const below = [device('a', 'gen5x16'), device('b', 'gen5x16')];
  return { ...measuredSystem({ cpu: { scopes: { other_host_bridge: { write } } }, below }), name };
}

const progress = (): void => {};
const partOf = (system: System) => system.sockets[0]?.part.name;

function compared(systems: readonly System[]): Promise<Comparison> {
  const contestants = (change: NumberChange | null) =>
    systems.map((system) => ({
      system: change === null ? system : withScaledPart(system, change),
      profile,
      flows: FLOWS,
    }));
  const settings = {
    traffic: 'one flow',
    measure: 'its rate',
    seed: '1',
    runs: 2,
    runner: new Runner(),
    progress,
  };
  return compareSensitivity({ comparison: compare(contestants(null), settings), contestants, progress });
}

const RATE = 'scopes.other_host_bridge.write.rate';

describe('the order of a comparison', () => {
  it('does not survive that the better cap falls by a fifth, or the other rises by one, where they differ by 5 %', async () => {
    const [slow, fast] = [capped('slow', 10), capped('fast', 10.5)];
    const { better } = await compared([slow, fast]);
    expect(better).toMatchObject({ system: 'fast', than: 'slow' });
    expect(better?.survives?.flips).toEqual([
      { part: partOf(slow), path: RATE, factor: 1.2 },
      { part: partOf(fast), path: RATE, factor: 0.8 },
    ]);
  });

  it('survives where the caps differ by half', async () => {
    const { better, sensitivity } = await compared([capped('slow', 10), capped('fast', 15)]);
    expect(better?.survives?.flips).toEqual([]);
    expect(better?.survives?.changes).toBeGreaterThan(10);
    for (const name of ['slow', 'fast']) {
      const move = sensitivity?.moves.find(({ figure }) => figure === `rate of ${name} (GB/s)`);
      expect(move?.path).toBe(RATE);
      expect([move?.less_pct, move?.more_pct]).toEqual([expect.closeTo(-20, 0), expect.closeTo(20, 0)]);
    }
    expect(sensitivity?.moves.length).toBe(2);
  });
});

const system = (name: string, rate_GBps: number) => ({ system: name, rate_GBps });
const comparison = {
  systems: [system('a', 100), system('b', 110)],
  better: { system: 'b', than: 'a', percent: 10, intervalsOverlap: true },
} as unknown as Comparison;
const rates = (...values: readonly (number | null)[]) =>
  values.map((value, i) => ({ name: ['a', 'b'][i] ?? '', value }));

describe('a judgement on runs that differ among themselves', () => {
  const change = { part: 'p', path: 'x', factor: 1.2 };

  it('takes the change of one run, and not its place in the spread', () => {
    // In the run with this seed a is faster than b, and is so by the same share under the change.
    const base = rates(120, 105);
    expect(survival(comparison, base, [{ change, rates: rates(120, 105) }])?.flips).toEqual([]);
    expect(survival(comparison, base, [{ change, rates: rates(120, 94) }])?.flips).toEqual([change]);
    expect(survival(comparison, base, [{ change, rates: rates(120, 97) }])?.flips).toEqual([]);
  });

  it('counts a run of the better one that gets stuck as a flip, and one of the other as none', () => {
    expect(survival(comparison, rates(100, 110), [{ change, rates: rates(100, null) }])?.flips).toEqual([
      change,
    ]);
    expect(survival(comparison, rates(100, 110), [{ change, rates: rates(null, 110) }])?.flips).toEqual([]);
  });

  it('is none where no system is better', () => {
    expect(survival({ ...comparison, better: null }, rates(1, 2), [])).toBeNull();
  });
});
