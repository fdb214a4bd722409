import { describe, expect, test } from 'vitest';
import { boundOfAlternatives } from '../../src/routing/alternatives-bound.ts';
import { type Bound, boundOf } from '../../src/routing/bound.ts';
import { boundTime } from '../../src/routing/bound-time.ts';
import { boundOfFlows } from '../../src/routing/flows-bound.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, picoseconds } from '../../src/units.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';
import { withParts } from '../support/with-parts.ts';

function write(system: System, from: string, to: string, depth?: number): Bound {
  const base = { op: 'write', from, to, size: bytes(2 ** 20), address: 'PHYS' } as const;
  const result = boundOf(system, depth === undefined ? base : { ...base, depth });
  if (result.kind === 'none') throw new Error(result.reason);
  return result.bound;
}

const machine = (name: string): System => vectorSystem(vectorFixture(name));

describe('flows at the same time', () => {
  test('in opposite directions through a switch do not disturb each other', () => {
    const system = machine('sw');
    const both = boundOfFlows(
      [write(system, 'A', 'B'), write(system, 'B', 'A')].map((bound) => ({ bound, transfers: 64 })),
    );
    expect(both.rate / 1e9).toBeCloseTo(2 * 57.46, 0);
  });

  test('share one uplink in each direction where ACS redirect sends them to the root complex: half the rate', () => {
    const system = machine('sw-1d-off');
    const both = boundOfFlows(
      [write(system, 'A', 'B'), write(system, 'B', 'A')].map((bound) => ({ bound, transfers: 64 })),
    );
    expect(both.rate / 1e9).toBeCloseTo(57.46, 0);
    expect(both.limitedBy).toBe('link:rp0:up');
    expect(both.bytes).toBe(128 * 2 ** 20);
  });

  test('of one device share its engine', () => {
    const system = withParts(machine('casc'), { dma: { issueGap: picoseconds(10_000) } });
    const flows = ['B', 'C'].map((to) => ({ bound: write(system, 'A', to), transfers: 10 }));
    expect(boundOfFlows(flows)).toMatchObject({ limitedBy: 'issue-gap:A' });
    expect(boundOfFlows(flows).rate / 1e9).toBeCloseTo(25.6, 1);
  });

  test('end no sooner than the slowest of them alone, whose depth is its own', () => {
    const system = machine('sw');
    const deep = [1, 1].map(() => ({ bound: write(system, 'A', 'B', 1), transfers: 8 }));
    const [one] = deep;
    if (!one) throw new Error('no flow');
    const alone = boundTime(one.bound, 8);
    expect(boundOfFlows([one])).toMatchObject({ time: alone, limitedBy: 'depth:A>B' });
    expect(boundOfFlows(deep).limitedBy).toBe('link:dn0:up');
    expect(boundOfFlows(deep).time).toBeLessThan(2 * alone);
  });

  test('are one or more', () => {
    expect(() => boundOfFlows([])).toThrow(RangeError);
  });
});

describe('a flow that draws one of several ends', () => {
  test('is bound by what all ways have in common', () => {
    const casc = withParts(machine('casc'), { links: { s0dn2: { generation: 3, width: 16 } } });
    const ends = [write(casc, 'A', 'B'), write(casc, 'A', 'C')];
    expect(ends.map(({ limitedBy }) => limitedBy)).toEqual(['link:s1dn0:up', 'link:s0dn2:down']);
    const any = boundOfAlternatives(ends);
    expect(any.limitedBy).toBe('link:s1dn0:up');
    expect(any.rate).toBe(ends[0]?.rate);
    expect(any.demands.map(({ resource }) => resource)).not.toContain('link:s0dn2:down');
  });

  test('takes the least that any of them asks of a resource, and is one of one', () => {
    const only = write(machine('sw'), 'A', 'B');
    expect(boundOfAlternatives([only])).toEqual(only);
    expect(() => boundOfAlternatives([])).toThrow(RangeError);
  });
});
