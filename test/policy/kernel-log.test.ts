import { describe, expect, test } from 'vitest';
import { verdict } from '../../src/policy/verdict.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { MAP_TYPE_VECTORS, vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';

const said = (topology: string, kernel = 'linux-7.3') =>
  verdict(vectorSystem(vectorFixture(topology)), 'A', 'B', loadKernel(kernel)).kernelLog;

const HINT = [
  '0000:04:00.0: ACS redirect is set between client and provider (0000:03:00.0)',
  '0000:04:00.0: to turn it off on this path, boot with pci=disable_acs_redir=0000:02:00.0;0000:02:01.0',
];
const WITHOUT_HOST_BRIDGE =
  '0000:04:00.0: cannot be used for peer-to-peer DMA, as the client and provider (0000:03:00.0) do not share an upstream bridge or whitelisted host bridge';

describe('what the kernel prints', () => {
  test('is nothing where no redirect is on the way', () => expect(said('sw')).toEqual([]));

  test('is where redirect was found the hint with a ready option', () => {
    expect(said('sw-1d-zen')).toEqual(HINT);
  });

  test('names a host bridge that is not listed where redirect was found', () => {
    expect(said('sw-1d-client')).toEqual([
      ...HINT,
      '0000:00:00.0: Host bridge not in P2PDMA whitelist 8086:4c43',
      WITHOUT_HOST_BRIDGE,
    ]);
  });

  test('hides the host bridge without redirect, which the verdict tells nevertheless', () => {
    expect(said('2rp-client')).toEqual([WITHOUT_HOST_BRIDGE]);
    const system = vectorSystem(vectorFixture('2rp-client'));
    const { hostBridges } = verdict(system, 'A', 'B', loadKernel('linux-7.3'));
    expect(hostBridges.client).toEqual({ id: 'hb0', device: '8086:4c43', listed: null });
  });

  test('names it in any case by the proposal of 2026', () => {
    expect(said('2rp-client', 'proposed-2026-tlpclass')).toEqual([
      '0000:00:00.0: Host bridge not in P2PDMA whitelist 8086:4c43',
      WITHOUT_HOST_BRIDGE,
    ]);
  });

  test('is of two host bridges the first that does not do, and none that is listed', () => {
    expect(said('2hb-2f00', 'proposed-2026-tlpclass')).toEqual([expect.stringMatching(/cannot be used/)]);
  });

  test('is of 4.20 a refusal for redirect, or for want of a common bridge', () => {
    const refused =
      '0000:04:00.0: cannot be used for peer-to-peer DMA, as the client and provider (0000:03:00.0)';
    expect(said('sw-1d-zen', 'linux-4.20')).toEqual([...HINT, `${refused} have ACS redirect between them`]);
    expect(said('2rp-client', 'linux-4.20')).toEqual([`${refused} do not share an upstream bridge`]);
  });

  test('names functions without a BDF by their ids', () => {
    const system = vectorSystem(vectorFixture('2rp-client'));
    const nodes = { ...system.nodes, B: { ...system.nodes.B, bdf: null } } as typeof system.nodes;
    const { kernelLog } = verdict({ ...system, nodes }, 'A', 'B', loadKernel('linux-7.3'));
    expect(kernelLog[0]).toMatch(/^B: cannot/);
  });
});

test('every message of the vectors has its lines: the hint two, the others one', () => {
  for (const { topology, provider, client, profile, expect: wanted } of MAP_TYPE_VECTORS) {
    const system = vectorSystem(vectorFixture(topology));
    const { kernelLog } = verdict(system, provider, client, loadKernel(profile));
    const messages = wanted.messagesIfVerbose;
    const hints = messages.filter((id) => id === 'acs-redirect-hint').length;
    expect(kernelLog).toHaveLength(messages.length + hints);
  }
});
