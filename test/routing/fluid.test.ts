import { describe, expect, test } from 'vitest';
import { fluidEnds } from '../../src/routing/fluid-ends.ts';
import { fluidRates } from '../../src/routing/fluid.ts';
import { maxMinFair } from '../../src/routing/max-min-fair.ts';
import type { TransferSpec } from '../../src/routing/transfer-spec.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { testCpu, testRate, testScope, vectorSystem } from '../support/vector-system.ts';
import { withParts } from '../support/with-parts.ts';

const uses = (...resources: string[]) => resources.map((resource) => ({ resource, perByte: 1 }));

describe('max-min fair shares', () => {
  test('of one resource are equal', () => {
    expect(
      maxMinFair({ flows: [uses('x'), uses('x'), uses('x'), uses('x')], capacities: { x: 12 } }),
    ).toEqual([3, 3, 3, 3]);
  });

  test('leave to others what a flow cannot use: 2, 2 and 8 of two links of 4 and 10', () => {
    const flows = [uses('x', 'y'), uses('x'), uses('y')];
    expect(maxMinFair({ flows, capacities: { x: 4, y: 10 } })).toEqual([2, 2, 8]);
  });

  test('count what a byte costs', () => {
    const flows = [[{ resource: 'x', perByte: 2 }], [{ resource: 'x', perByte: 1 }]];
    expect(maxMinFair({ flows, capacities: { x: 12 } })).toEqual([4, 4]);
  });

  test('are unlimited for a flow that uses nothing that is listed', () => {
    expect(maxMinFair({ flows: [uses('x'), uses('z'), []], capacities: { x: 1 } })).toEqual([
      1,
      Infinity,
      Infinity,
    ]);
    expect(maxMinFair({ flows: [], capacities: { x: 1 } })).toEqual([]);
  });

  test('fill several resources at once', () => {
    const flows = [uses('x'), uses('y'), uses('x', 'y')];
    expect(maxMinFair({ flows, capacities: { x: 2, y: 2 } })).toEqual([1, 1, 1]);
  });
});

const machine = (name: string): System => vectorSystem(vectorFixture(name));

const flow = (op: 'write' | 'read', from: string, to: string): TransferSpec => ({
  op,
  from,
  to,
  size: bytes(2 ** 20),
  address: 'PHYS',
});

const gigabytes = (system: System, specs: readonly TransferSpec[]) =>
  fluidRates(system, specs).map((rate) => (rate === null ? null : Number((rate / 1e9).toFixed(3))));

describe('the fluid baseline', () => {
  test('of one flow is the link with full packets: 24 B around writes, 20 B around completions', () => {
    expect(gigabytes(machine('sw'), [flow('write', 'A', 'B')])).toEqual([57.614]);
    expect(gigabytes(machine('sw'), [flow('read', 'A', 'B')])).toEqual([58.449]);
  });

  test('halves where both directions share an uplink, and counts no read requests', () => {
    const system = machine('sw-1d-off');
    expect(gigabytes(system, [flow('write', 'A', 'B'), flow('write', 'B', 'A')])).toEqual([28.807, 28.807]);
    expect(gigabytes(system, [flow('read', 'A', 'B')])).toEqual([58.449]);
  });

  test('knows the caps of root complexes, and no rate for a way that is blocked', () => {
    const { scopes } = testCpu();
    const capped = { ...scopes, other_host_bridge: testScope({ rate: testRate(38) }) };
    const system = withParts(machine('2hb-09a2-same'), { cpu: { scopes: capped } });
    expect(gigabytes(system, [flow('write', 'A', 'B')])).toEqual([38]);
    const blocked = { ...flow('write', 'A', 'B'), addressType: 'translated' } as const;
    expect(gigabytes(machine('sw-tb'), [blocked, flow('write', 'B', 'A')])).toEqual([null, 57.614]);
  });

  test('shares anew whenever a flow has ended', () => {
    const system = machine('sw-1d-off');
    const rate = fluidRates(system, [flow('write', 'A', 'B')])[0] ?? 0;
    const ends = fluidEnds(system, [
      { spec: flow('write', 'A', 'B'), bytes: rate },
      { spec: flow('write', 'B', 'A'), bytes: 3 * rate },
    ]);
    // Both at half rate for 2 s; then the second has 2/3 of its bytes left, which take 2 s alone.
    expect(ends.map((end) => (end ?? 0) / 1e12)).toEqual([2, 4]);
  });
});
