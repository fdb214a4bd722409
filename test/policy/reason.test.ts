import { expect, test } from 'vitest';
import { disableRedirectOption } from '../../src/policy/disable-redirect-option.ts';
import { verdict } from '../../src/policy/verdict.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';

const reason = (topology: string, kernel = 'linux-7.1') =>
  verdict(vectorSystem(vectorFixture(topology)), 'A', 'B', loadKernel(kernel)).reason;

test.each([
  ['sw', 'B reaches A by way of up, and nothing on the tested path has ACS redirect.'],
  [
    'sw-1d-zen',
    'linux-7.1 finds ACS redirect at dn0 and dn1 and so counts on a way from B to A through host bridge hb0 (1022:1480), ' +
      'and linux-7.1 trusts every host bridge of AMD processors from family 0x17 on (here 0x19).',
  ],
  [
    'sw-1d-client',
    'linux-7.1 finds ACS redirect at dn0 and dn1 and so counts on a way from B to A through host bridge hb0 (8086:4c43), ' +
      'but the allow list does not have hb0; boot with "pci=disable_acs_redir=0000:02:00.0;0000:02:01.0" to let the ' +
      'traffic turn below the root complex, or stage through system memory (hairpin explain SYSTEM B A --via mem:s0).',
  ],
  [
    '2hb-2f00',
    'B and A meet only in the root complex, at host bridges hb0 (8086:2f00) and hb1 (8086:2f00), but the allow list has ' +
      'hb0 and hb1 only for devices of the same host bridge (Haswell-EP/EX Xeon E7 v3 / E5 v3 / Core i7 (DMI2)); put ' +
      'both devices below one switch, or stage through system memory (hairpin explain SYSTEM B A --via mem:s1).',
  ],
])('the reason for B to reach A in %s is told in one sentence', (topology, sentence) => {
  expect(reason(topology)).toBe(sentence);
});

test.each([
  [
    'sw-dn0-rr',
    'proposed-2026-tlpclass',
    /^B reaches A by way of up, and ACS redirects neither its requests/,
  ],
  [
    'sw-1d-zen',
    'linux-4.20',
    /hb0 \(1022:1480\), but linux-4.20 allows no way through a host bridge; boot with/,
  ],
  [
    '2rp-client',
    'linux-4.20',
    /hb0 \(8086:4c43\), but linux-4.20 allows no way .*; put both devices below one/,
  ],
])('the reason in %s by %s is that of its algorithm', (topology, kernel, sentence) => {
  expect(reason(topology, kernel)).toMatch(sentence);
});

test('a host bridge that the kernel cannot name is told apart from one whose ids the file lacks', () => {
  expect(reason('2rp-nodev0')).toMatch(/begins with hbdev0, which is neither device 00\.0 nor a root port/);
  const topology = vectorFixture('2rp-client');
  const system = vectorSystem(topology);
  const nodes = { ...system.nodes, hbdev0: { ...system.nodes.hbdev0, vendor: null } } as typeof system.nodes;
  const got = verdict({ ...system, nodes }, 'A', 'B', loadKernel('linux-7.3'));
  expect(got.reason).toMatch(/vendor and device id of hbdev0, by which the kernel knows hb0, are not given/);
});

test('the boot option has a place to fill in where a BDF is not known', () => {
  const system = vectorSystem(vectorFixture('sw'));
  const nodes = { ...system.nodes, dn1: { ...system.nodes.dn1, bdf: null } } as typeof system.nodes;
  expect(disableRedirectOption({ ...system, nodes }, ['dn0', 'dn1'])).toBe(
    '"pci=disable_acs_redir=0000:02:00.0;<BDF of dn1>"',
  );
});
