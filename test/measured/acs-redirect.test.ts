import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../src/node/load-system.ts';
import type { DllpPolicy } from '../../src/system/part.ts';
import { withRedirect } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { flow, measure } from '../support/measured-run.ts';
import { withPorts } from '../support/measured-system.ts';

/*
 * GPUs that write to each other in payloads of 128 B with 20 B around them (their part), at the rate of a Gen5 x16 link;
 * the root complex of the WRX90 has no cap. Measured on such a machine: 103 GB/s both ways without redirect, 50 with it.
 */
const TRANSFER = 16_384;
const WIRE = 128 + 20;
const DLLP = 8;

type Pair = readonly [from: string, to: string];

const flat = loadSystem('wrx90-2sw-flat');
/** Two virtual switches on each chip: gpu0 and gpu4 are on one chip, on different uplinks. */
const virtual = loadSystem('wrx90-2vs');
const ONE_WAY: readonly Pair[] = [['gpu0', 'gpu1']];
const BOTH_WAYS: readonly Pair[] = [...ONE_WAY, ['gpu1', 'gpu0']];
const ACROSS_ONE_WAY: readonly Pair[] = [['gpu0', 'gpu4']];
const ACROSS_BOTH_WAYS: readonly Pair[] = [...ACROSS_ONE_WAY, ['gpu4', 'gpu0']];

const withDllps = (system: System, dllp: DllpPolicy): System => withPorts(system, { dllp });

interface Rates {
  readonly turns: readonly (string | undefined)[];
  readonly each: readonly number[];
  readonly sum: number;
}

function rates(system: System, pairs: readonly Pair[]): Rates {
  const requests = pairs.map(([from, to]) => flow(from, to, TRANSFER, { transfers: 24, depth: 4 }));
  const { flows } = measure(system, requests);
  const each = flows.map(({ arrivals }) => arrivals.steadyRate_GBps(TRANSFER, 6));
  return {
    turns: flows.map(({ result }) => result.routes[0]?.turn),
    each,
    sum: each.reduce((sum, rate) => sum + rate, 0),
  };
}

/** What redirect at all ports takes of the flows' rate together: 0 is nothing, 1 is all. */
function loss(system: System, pairs: readonly Pair[], turns: readonly [direct: string, redirected: string]) {
  const direct = rates(system, pairs);
  const redirected = rates(withRedirect(system, 'all'), pairs);
  expect(new Set(direct.turns)).toEqual(new Set([turns[0]]));
  expect(new Set(redirected.turns)).toEqual(new Set([turns[1]]));
  return { share: 1 - redirected.sum / direct.sum, direct, redirected };
}

const LOCAL = ['switch-local', 'same-root-port-hairpin'] as const;
const CHIP = ['virtual-switch', 'inter-host-bridge'] as const;

describe('redirect of a pair below one switch', () => {
  test('takes nothing one way without DLLPs', () => {
    const { share } = loss(withDllps(flat, { kind: 'none' }), ONE_WAY, LOCAL);
    expect(Math.abs(share)).toBeLessThan(0.001);
  });

  test.each([0.5, 1, 2])(
    'takes one way what %d DLLPs per TLP cost on an uplink that carries it up and down: b / (wire + b)',
    (count) => {
      const { share } = loss(withDllps(flat, { kind: 'per-tlp', count }), ONE_WAY, LOCAL);
      const cost = count * DLLP;
      expect(Math.abs(share - cost / (WIRE + cost))).toBeLessThan(0.001);
    },
  );

  test('takes about 5 % one way with the DLLPs of the parts, one per TLP at switch and root complex', () => {
    const { share } = loss(flat, ONE_WAY, LOCAL);
    expect(Math.abs(share - DLLP / (WIRE + DLLP))).toBeLessThan(0.001);
  });

  test.each([
    ['without DLLPs', withDllps(flat, { kind: 'none' })],
    ['with the DLLPs of the parts', flat],
  ])('takes half both ways together, and as much of each way, %s', (_, system) => {
    const { share, direct, redirected } = loss(system, BOTH_WAYS, LOCAL);
    expect(Math.abs(share - 0.5)).toBeLessThan(0.001);
    for (const [i, rate] of redirected.each.entries()) {
      expect(Math.abs(rate / (direct.each[i] ?? NaN) - 0.5)).toBeLessThan(0.001);
    }
  });

  test('of the WRX90 leaves 50 of 103 GB/s both ways, within the 5 % of the published rows', () => {
    const { direct, redirected } = loss(flat, BOTH_WAYS, LOCAL);
    expect(Math.abs(direct.sum / 103 - 1)).toBeLessThan(0.05);
    expect(Math.abs(redirected.sum / 50 - 1)).toBeLessThan(0.05);
  });
});

describe('redirect of a pair on different uplinks', () => {
  test.each([
    ['one way', ACROSS_ONE_WAY],
    ['both ways', ACROSS_BOTH_WAYS],
  ])('of one chip takes nothing %s', (_, pairs) => {
    const { share } = loss(virtual, pairs, CHIP);
    expect(Math.abs(share)).toBeLessThan(0.001);
  });

  test.each([
    ['one way', ACROSS_ONE_WAY],
    ['both ways', ACROSS_BOTH_WAYS],
  ])('of two chips, which meet in the root complex anyway, takes nothing %s', (_, pairs) => {
    const { share } = loss(flat, pairs, ['inter-host-bridge', 'inter-host-bridge']);
    expect(Math.abs(share)).toBeLessThan(0.001);
  });
});
