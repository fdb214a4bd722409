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
