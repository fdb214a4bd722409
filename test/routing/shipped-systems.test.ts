import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../src/node/load-system.ts';
import { verdict } from '../../src/policy/verdict.ts';
import { type Bound, boundOf } from '../../src/routing/bound.ts';
import { routeOf } from '../../src/routing/route-of.ts';
import { withRedirect } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { loadKernel } from '../support/kernel-files.ts';

const KERNEL = loadKernel('linux-7.3');

function write(system: System, from: string, to: string): Bound {
  const { address } = verdict(system, to, from, KERNEL);
  if (address === null) throw new Error('refused');
  const result = boundOf(system, { op: 'write', from, to, size: bytes(2 ** 20), address });
  if (result.kind === 'none') throw new Error(result.reason);
  return result.bound;
}

const way = (on: System, from: string, to: string) => {
  const tlp = {
    class: 'posted',
    address: 'PHYS',
    addressType: 'untranslated',
    relaxedOrdering: false,
  } as const;
  return routeOf(on, { ...tlp, from, to });
};

describe('a machine with two virtual switches in each of two chips', () => {
  const system = loadSystem('wrx90-2vs');
  test('is no common bridge to the kernel, and one chip to the hardware', () => {
    expect(verdict(system, 'gpu4', 'gpu0', KERNEL)).toMatchObject({
      mapType: 'THRU_HOST_BRIDGE',
      address: 'PHYS',
    });
    const hops = ['gpu0', 'sw1.d0', 'chip:chip-a', 'sw3.d0', 'gpu4'];
    expect(way(system, 'gpu0', 'gpu4')).toEqual({ kind: 'route', route: { hops, turn: 'virtual-switch' } });
  });

  test('turns inside one virtual switch, and goes through the root complex to the other chip', () => {
    expect(way(system, 'gpu0', 'gpu1')).toMatchObject({ route: { turn: 'switch-local' } });
    const hops = ['gpu0', 'sw1.d0', 'sw1', 'rp00', 'rc:hb00', 'rc:hb20', 'rp20', 'sw2', 'sw2.d0', 'gpu2'];
    expect(way(system, 'gpu0', 'gpu2')).toMatchObject({ route: { hops, turn: 'inter-host-bridge' } });
  });

  test('takes both uplinks where ACS redirects', () => {
    const redirected = withRedirect(system, 'all');
    const hops = ['gpu0', 'sw1.d0', 'sw1', 'rp00', 'rc:hb00', 'rc:hb40', 'rp40', 'sw3', 'sw3.d0', 'gpu4'];
    expect(way(redirected, 'gpu0', 'gpu4')).toMatchObject({ route: { hops, turn: 'inter-host-bridge' } });
  });
});

describe('two flat switches below one socket', () => {
  const system = loadSystem('wrx90-2sw-flat');

  test('are bound by their links to what was published, less what no bound counts: 53.4 GB/s (measurements, row 031)', () => {
    const local = write(system, 'gpu0', 'gpu1');
    expect(local.limitedBy).toBe('link:sw1.d0:up');
    expect(local.rate / 1e9).toBeGreaterThan(53.4);
    expect(local.rate / 1e9).toBeLessThan(53.4 * 1.03);
    expect(write(system, 'gpu0', 'gpu4').rate).toBe(local.rate);
  });
});
