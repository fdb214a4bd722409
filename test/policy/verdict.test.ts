import { describe, expect, test } from 'vitest';
import { verdict } from '../../src/policy/verdict.ts';
import { redirects } from '../../src/policy/redirect.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { MAP_TYPE_VECTORS, vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';

describe('the kernel decides as in the 56 map-type vectors', () => {
  test('and all of them are here', () => expect(MAP_TYPE_VECTORS).toHaveLength(56));

  test.each(MAP_TYPE_VECTORS)('$id: $title', (vector) => {
    const system = vectorSystem(vectorFixture(vector.topology));
    const got = verdict(system, vector.provider, vector.client, loadKernel(vector.profile));
    expect(got).toMatchObject({
      mapType: vector.expect.mapType,
      distance: vector.expect.distance,
      redirects: vector.expect.redirectPorts,
      messages: vector.expect.messagesIfVerbose,
      address: vector.expect.dma.kind === 'NONE' ? null : vector.expect.dma.kind,
    });
    const bdfs = got.redirects.map((id) => system.nodes[id]?.bdf);
    expect(bdfs).toEqual(vector.expect.redirectPortBdfs);
  });
});

test.each([
  ['off', 'PHYS'],
  ['passthrough', 'PHYS'],
  ['translate', 'IOVA'],
] as const)('through the host bridge with the IOMMU %s, the client is given a %s', (mode, address) => {
  const system = vectorSystem({ ...vectorFixture('2rp-off'), iommu: mode });
  expect(verdict(system, 'A', 'B', loadKernel('linux-7.3'))).toMatchObject({
    mapType: 'THRU_HOST_BRIDGE',
    address,
  });
});

test.each([0x01, 0x02, 0x10, 0x40])('ACS control 0x%s is no redirect to Linux', (control) => {
  expect(redirects(portWith(control))).toBe(false);
});

test.each([0x04, 0x08, 0x20, 0x1d, 0x5d])('ACS control 0x%s is redirect to Linux', (control) => {
  expect(redirects(portWith(control))).toBe(true);
});

function portWith(control: number) {
  const node = vectorSystem(vectorFixture('sw')).nodes.dn0;
  if (!node) throw new Error('no dn0');
  return { ...node, acs: { capability: 0x7f, control } };
}

const decided = (topology: string, kernel: string) =>
  verdict(vectorSystem(vectorFixture(topology)), 'A', 'B', loadKernel(kernel));

describe('older and other kernels', () => {
  test.each([
    ['sw', 'BUS_ADDR', 4],
    ['sw-1d-zen', 'NOT_SUPPORTED', 4],
    ['2rp-off', 'NOT_SUPPORTED', 4],
  ])('4.20 answers for %s with %s and still computes the distance', (topology, mapType, distance) => {
    expect(decided(topology, 'linux-4.20')).toMatchObject({ mapType, distance, classes: null });
  });

  test('a kernel that asks no host bridge allows none, whatever its list and its processors', () => {
    const profile = { ...loadKernel('linux-7.3'), algorithm: 'common-bridge-only' } as const;
    const system = vectorSystem(vectorFixture('sw-1d-zen'));
    expect(verdict(system, 'A', 'B', profile).mapType).toBe('NOT_SUPPORTED');
  });

  test.each([
    ['2rp-acs', 'linux-5.18', 'THRU_HOST_BRIDGE'],
    ['2rp-acs', 'linux-5.10', 'NOT_SUPPORTED'],
    ['sw-1d-zen', 'linux-5.10', 'THRU_HOST_BRIDGE'],
    ['sw-1d-zen', 'linux-5.8', 'NOT_SUPPORTED'],
  ])('host bridges of %s under %s: %s', (topology, kernel, mapType) => {
    expect(decided(topology, kernel).mapType).toBe(mapType);
  });

  test.each([
    ['2hb-2f00', { id: 'hb0', device: '8086:2f00' }, { id: 'hb1', device: '8086:2f00' }],
    ['sw-1d-client', { id: 'hb0', device: '8086:4c43' }, { id: 'hb0', device: '8086:4c43' }],
    ['2rp-nodev0', { id: 'hb0', device: null }, { id: 'hb0', device: null }],
  ])('the host bridges of both sides of %s are told in any case', (topology, provider, client) => {
    expect(decided(topology, 'linux-7.3').hostBridges).toMatchObject({ provider, client });
  });

  test('a host bridge on the list is told with the name of its entry, and also where it does not decide', () => {
    const { mapType, hostBridges } = decided('sw', 'linux-7.3');
    expect(mapType).toBe('BUS_ADDR');
    expect(hostBridges.client).toMatchObject({
      device: '8086:09a2',
      listed: expect.stringContaining('Ice Lake'),
    });
  });
});
