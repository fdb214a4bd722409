import { describe, expect, test } from 'vitest';
import { flowSpec } from '../../src/dma/flow-spec.ts';
import { type RingSpec, ringSpec } from '../../src/dma/ring/ring-spec.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { RunResult } from '../../src/experiment/run-result.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { bytes, picoseconds } from '../../src/units.ts';
import { belowOne, busRate, ring, ringOf, runRings } from '../support/measured-ring.ts';
import { flow } from '../support/measured-run.ts';
import { apart, staging } from '../support/measured-staging.ts';
import { device, measuredSystem, pcieSwitch } from '../support/measured-system.ts';

const profile = loadKernelProfile();
const MIB = 2 ** 20;
const THREE = belowOne(['gen4x16', 'gen4x16', 'gen4x16']);

/** A ring over GPUs of these numbers, in slices of 64 KiB. */
const gpus = (order: readonly number[]): RingSpec =>
  ringSpec({
    id: 'r',
    devices: order.map((number) => `gpu${number}`),
    size: bytes(2 * MIB),
    buffer: bytes(MIB / 2),
  });

describe('a run with rings', () => {
  test('has their edges among its flows, after those asked for', () => {
    const result = new Runner().run({
      system: THREE,
      profile,
      flows: [flowSpec(flow('a', 'c', MIB, { id: 'direct', transfers: 1 }))],
      rings: [ring(3, 3 * MIB), ring(2, MIB, { id: 'back', devices: ['c', 'a'], op: 'read' })],
      seed: '1',
      until: null,
    });
    expect(result.flows.map(({ id, op, legOf }) => [id, op, legOf])).toEqual([
      ['direct', 'write', undefined],
      ['r/a>b', 'write', 'r'],
      ['r/b>c', 'write', 'r'],
      ['r/c>a', 'write', 'r'],
      ['back/c>a', 'read', 'back'],
      ['back/a>c', 'read', 'back'],
    ]);
    expect(
      result.rings?.map(({ id, devices, size, iterations }) => ({ id, devices, size, iterations })),
    ).toEqual([
      { id: 'r', devices: ['a', 'b', 'c'], size: 3 * MIB, iterations: 1 },
      { id: 'back', devices: ['c', 'a'], size: MIB, iterations: 1 },
    ]);
  });

  test('may have staged flows as well', () => {
    const result = new Runner().run({
      system: apart(),
      profile,
      flows: [],
      staged: [staging()],
      rings: [ring(2, MIB)],
      seed: '1',
      until: null,
    });
    expect(result.flows.map(({ id, legOf }) => [id, legOf])).toEqual([
      ['r/a>b', 'r'],
      ['r/b>a', 'r'],
      ['f', undefined],
      ['f/in', 'f'],
      ['f/out', 'f'],
    ]);
    expect(result.flows.map(({ bytes: moved }) => moved)).toEqual(Array(5).fill(MIB));
  });

  test('says what a ring leaves out, and nothing of it where there is none', () => {
    const [said] = runRings(THREE, [ring(3, MIB)]).caveats;
    expect(said).toMatch(/^the arithmetic of the ring r, its kernel launches and its flags take no time/);
    expect(runRings(THREE, [])).not.toHaveProperty('rings');
  });

  test('counts the iterations that have ended where it is cut off at a time', () => {
    const spec = ring(3, 3 * MIB, { iterations: 10 });
    const { time_ns } = ringOf(runRings(THREE, [spec]));
    const cutAt = (iterations: number): RunResult =>
      new Runner().run({
        system: THREE,
        profile,
        flows: [],
        rings: [spec],
        seed: '1',
        until: picoseconds(Math.round((time_ns ?? Number.NaN) * 1e3 * iterations)),
      });
    expect(ringOf(cutAt(3.5))).toMatchObject({ iterations: 3, time_ns });
    expect(ringOf(cutAt(0.5))).toMatchObject({
      iterations: 0,
      time_ns: null,
      algbw_GBps: null,
      busbw_GBps: null,
      refused: null,
    });
  });
});

describe('a ring with an edge that the kernel refuses', () => {
  /** A processor between whose host bridges Linux allows no P2P. */
  const below = [device('a', 'gen4x16'), device('b', 'gen4x16')];
  const system = measuredSystem({
    cpu: { family: 0x15 },
    below: [pcieSwitch('sw', 'gen4x16', below), device('c', 'gen4x16')],
  });

  test('does not run, and says why', () => {
    const result = runRings(system, [ring(3, MIB)]);
    const reasons = result.flows.flatMap(({ refused }) => refused ?? []);
    expect(result.flows.map(({ id, refused }) => [id, refused !== undefined])).toEqual([
      ['r/a>b', false],
      ['r/b>c', true],
      ['r/c>a', true],
    ]);
    expect(ringOf(result)).toEqual({
      id: 'r',
      devices: ['a', 'b', 'c'],
      size: MIB,
      iterations: 0,
      time_ns: null,
      algbw_GBps: null,
      busbw_GBps: null,
      refused: reasons[0],
    });
    expect(result.tlps).toBe(0);
  });

  test('runs where nobody asks the kernel', () => {
    expect(ringOf(runRings(system, [ring(3, MIB, { asksKernel: false })])).busbw_GBps).toBeGreaterThan(0);
  });
});

describe('on two switches with four GPUs each', () => {
  const system = loadSystem('wrx90-2sw-flat');

  test('a ring that goes through one switch and then through the other is faster than one that crosses with every edge', () => {
    const through = busRate(system, gpus([0, 1, 2, 3, 4, 5, 6, 7]));
    const across = busRate(system, gpus([0, 4, 1, 5, 2, 6, 3, 7]));
    // four edges share each uplink
    expect(through / across).toBeGreaterThan(3);
  });

  test('the edges of a ring that always crosses wait for an uplink', () => {
    const { flows } = runRings(system, [gpus([0, 4, 1, 5, 2, 6, 3, 7])]);
    for (const { from, limitedBy } of flows) {
      const ways = Number(from.slice(3)) < 4 ? ['rp20:up', 'rp40:down'] : ['rp40:up', 'rp20:down'];
      expect(ways.map((way) => `link:${way}`)).toContain(limitedBy[0]?.resource);
    }
  });
});
