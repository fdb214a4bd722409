import { describe, expect, test } from 'vitest';
import { mapClassOf } from '../../src/policy/map-class.ts';
import { peerAddress } from '../../src/policy/peer-address.ts';
import { verdict } from '../../src/policy/verdict.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { TLP_CLASS_VECTORS, vectorFixture } from '../support/vector-fixture.ts';
import { type VectorNode, type VectorTopology, vectorSystem } from '../support/vector-system.ts';

const PROPOSED = loadKernel('proposed-2026-tlpclass');

describe('the proposed kernel decides as in the 15 vectors of TLP classes', () => {
  test('and all of them are here', () => expect(TLP_CLASS_VECTORS).toHaveLength(15));

  test.each(TLP_CLASS_VECTORS)('$id: $title', ({ topology, provider, client, profile, expect: wanted }) => {
    const { distance, ...classes } = wanted;
    const got = verdict(vectorSystem(vectorFixture(topology)), provider, client, loadKernel(profile));
    expect(got).toMatchObject({ distance, classes, mapType: classes.strict });
  });
});

/** A topology with other ACS controls at some functions. */
function withControls(name: string, controls: Readonly<Record<string, number>>): VectorTopology {
  const topology = vectorFixture(name);
  const nodes = topology.nodes.map((node): VectorNode => {
    const ctrl = controls[node.id];
    return ctrl === undefined ? node : { ...node, acs: { cap: 0x7f, ctrl } };
  });
  return { ...topology, nodes };
}

const decided = (name: string, controls: Readonly<Record<string, number>>, from = 'B', to = 'A') =>
  verdict(vectorSystem(withControls(name, controls)), to, from, PROPOSED);

describe('Translation Blocking', () => {
  test('below the point where the ways part ends translated requests', () => {
    const { classes } = decided('casc-leaf-rr', { s2dn0: 0x02 });
    expect(classes).toMatchObject({ strict: 'BUS_ADDR', translated: 'NOT_SUPPORTED' });
    expect(decided('casc-leaf-rr', { B: 0x02 }).classes?.translated).toBe('BUS_ADDR');
  });

  test("on the provider's side ends nothing, as its ports let the requests out", () => {
    const { classes } = decided('casc-leaf-rr', { s1dn0: 0x02, s0dn0: 0x02 });
    expect(classes).toMatchObject({ translated: 'BUS_ADDR', translatedRelaxed: 'BUS_ADDR' });
  });

  test('at a root port ends what must climb to it from devices without a common bridge', () => {
    const { classes } = decided('2rp-acs', { rpB: 0x02 });
    expect(classes).toEqual({
      strict: 'THRU_HOST_BRIDGE',
      relaxedCompletion: 'THRU_HOST_BRIDGE',
      translated: 'NOT_SUPPORTED',
      translatedRelaxed: 'NOT_SUPPORTED',
    });
    expect(decided('2rp-acs', { rpA: 0x02 }).classes?.translated).toBe('THRU_HOST_BRIDGE');
  });
});

describe('redirect', () => {
  test('of a device that lies on the way itself is not asked', () => {
    expect(decided('sw', { A: 0x2c }, 'A', 'A').mapType).toBe('BUS_ADDR');
    expect(decided('sw', { A: 0x2c, dn0: 0x2c }, 'A', 'dn0').mapType).toBe('BUS_ADDR');
    expect(decided('sw', { A: 0x2c, dn0: 0x2c }, 'dn0', 'A').mapType).toBe('BUS_ADDR');
  });

  test("is told by the ports that decide, the provider's first", () => {
    const { redirects, messages } = decided('sw', { dn0: 0x0c, dn1: 0x0c });
    expect(redirects).toEqual(['dn0', 'dn1']);
    expect(messages).toEqual(['acs-redirect-hint']);
    expect(decided('sw', { dn0: 0x04, dn1: 0x0c }).redirects).toEqual(['dn1']);
  });
});

test('host bridges that are not on the list leave the classes that turn below them', () => {
  const { classes } = decided('sw-1d-client', { dn0: 0x08, dn1: 0x00 });
  expect(classes).toEqual({
    strict: 'NOT_SUPPORTED',
    relaxedCompletion: 'BUS_ADDR',
    translated: 'NOT_SUPPORTED',
    translatedRelaxed: 'BUS_ADDR',
  });
});

const address = (name: string, translated: boolean, relaxedOrdering: boolean, kernel = PROPOSED) => {
  const system = vectorSystem(vectorFixture(name));
  const mapClass = mapClassOf({ translated, relaxedOrdering });
  return peerAddress(system, kernel, { from: 'B', to: 'A', class: mapClass });
};

describe('a device is given an address for the class of its requests', () => {
  test.each([
    ['sw-dn0-cr', false, false, 'IOVA'],
    ['sw-dn0-cr', false, true, 'BUS'],
    ['sw-55', false, true, 'IOVA'],
    ['sw-55', true, false, 'BUS'],
    ['sw-5d', true, false, 'IOVA'],
    ['sw-5d', true, true, 'BUS'],
  ])('%s, translated %s, relaxed %s: %s', (name, translated, relaxed, kind) => {
    expect(address(name, translated, relaxed)).toEqual({ address: kind });
  });

  test('without a class, for the strict one', () => {
    const system = vectorSystem(vectorFixture('sw-dn0-cr'));
    expect(peerAddress(system, PROPOSED, { from: 'B', to: 'A' })).toEqual({ address: 'IOVA' });
  });

  test('that a kernel does not tell from others as for all', () => {
    expect(address('sw-55', true, false, loadKernel('linux-7.3'))).toEqual({ address: 'IOVA' });
  });

  test('or told which port ends a class that is refused alone', () => {
    expect(address('sw-tb', true, false)).toEqual({
      refused:
        'ACS Translation Blocking at dn1 ends translated requests of B to A; have them untranslated, or clear it.',
    });
  });
});
