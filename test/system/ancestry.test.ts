import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSystem } from '../../src/node/load-system.ts';
import {
  chain,
  childrenOf,
  endpoints,
  hostBridgeOf,
  linkOf,
  nodeOf,
  portOf,
  socketOf,
  upstreamOf,
} from '../../src/system/ancestry.ts';
import { payloadLimits } from '../../src/system/payload-limits.ts';

const system = loadSystem(join(import.meta.dirname, '../fixtures/systems/good/every-key.yaml'));
const leaves = loadSystem('root-switch-over-leaves');
const chainIds = (id: string): string =>
  chain(system, id)
    .map((node) => node.id)
    .join(' ');

const below = (id: string): string =>
  childrenOf(system, id)
    .map((node) => node.id)
    .join(' ');
const limits = (id: string) => payloadLimits(endpoints(system).find((node) => node.id === id) as never);

describe('ancestry', () => {
  it('of an endpoint is each bridge up to the root port', () => {
    const ids = chain(leaves, 'gpu5').map((node) => node.id);
    expect(ids.join(' ')).toBe('gpu5 leaf1.d1 leaf1 root.d1 root rp0');
  });

  it('of a virtual function goes by way of its physical function, which is not part of it', () => {
    expect(chainIds('vf')).toBe('vf vs0.d0 vs0 rp2');
  });

  it('of an integrated endpoint, and of the host bridge itself, is that function alone', () => {
    expect(chainIds('dsa')).toBe('dsa');
    expect(chainIds('hb0.device')).toBe('hb0.device');
    expect(upstreamOf(system, nodeOf(system, 'dsa'))).toBeNull();
  });

  it('of a device below conventional PCI has the bridge', () => {
    expect(chainIds('serial')).toBe('serial bridge rp1');
    expect(portOf(system, 'serial')?.id).toBe('rp1');
  });

  it('ends at a host bridge and its socket', () => {
    expect([hostBridgeOf(system, 'vf').id, socketOf(system, 'vf').id]).toEqual(['hb1', 's1']);
    expect([hostBridgeOf(system, 'dsa').id, socketOf(system, 'mem:s2').id]).toEqual(['hb0', 's2']);
  });

  it('knows what is below a port, a switch and a host bridge', () => {
    expect(below('vs0.d0')).toBe('nic0 nic0.vf0 nic0.vf1 nic0.f1 dpu vf');
    expect(below('vs0')).toBe('vs0.d0 named vs0.d2 vs0.d3');
    expect(below('hb0')).toBe('hb0.device rp0 dsa rp1');
  });

  it('names a link by its port or by what hangs below', () => {
    expect(linkOf(system, 'ssd')).toBe(linkOf(system, 'named'));
    expect(linkOf(system, 'ssd')?.capability).toEqual({ generation: 5, width: 4 });
    expect(linkOf(system, 'vs0')?.capability).toEqual({ generation: 5, width: 16 });
    expect(linkOf(system, 'dsa')).toBeNull();
  });

  it('counts as ends of transfers what is no bridge', () => {
    expect(
      endpoints(system)
        .map((node) => node.id)
        .join(' '),
    ).toBe('dsa serial nic0 nic0.vf0 nic0.vf1 nic0.f1 dpu vf ssd');
  });

  it('knows the payload sizes that are set, else those of the part', () => {
    expect(limits('nic0')).toEqual({ mps: 128, mrrs: 4096 });
    expect(limits('ssd')).toEqual({ mps: 256, mrrs: 512 });
    expect(limits('dsa')).toEqual({ mps: 256, mrrs: 512 });
  });

  it('refuses unknown names with the known ones', () => {
    expect(() => nodeOf(leaves, 'gpu9')).toThrow(RangeError);
    expect(() => nodeOf(leaves, 'gpu9')).toThrow(
      /"gpu9" is not in system root-switch-over-leaves; did you mean gpu0 .*Known: rp0, root/,
    );
    expect(() => nodeOf(leaves, 'toString')).toThrow(RangeError);
    expect(() => childrenOf(leaves, 'nothing')).toThrow(RangeError);
    expect(() => socketOf(leaves, 'mem:s7')).toThrow(/mem:s0/);
  });
});
