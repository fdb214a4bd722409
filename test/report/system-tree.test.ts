import { describe, expect, it } from 'vitest';
import { formatAcs } from '../../src/pcie/acs.ts';
import { linkRate } from '../../src/pcie/generation.ts';
import { systemTree } from '../../src/report/system-tree.ts';
import { systemWarnings } from '../../src/report/system-warnings.ts';
import { SMALL_SYSTEM } from './small-system.ts';

const pcie = { linkRate, formatAcs };

describe('the tree of a system', () => {
  it('shows sockets, host bridges, links, ACS, parts and warnings', () => {
    expect(systemTree(SMALL_SYSTEM, pcie)).toMatchInlineSnapshot(`
      "small: a machine for tests
      kernel linux-7.3, IOMMU translate (pages of 4 KiB)

      socket s0  cpu/test
      └─ host bridge hb0  8086:352a  domain 0000  quadrant Q1
         └─ root port rp0  0000:20:01.1  Gen2 x16 of Gen5 x16 (degraded)  no ACS
            └─ switch sw  switch/test  chip A
               ├─ port d0  Gen5 x16  ACS redirect: SrcValid+ ReqRedir+ CmpltRedir+ UpstreamFwd+
               │  └─ gpu gpu0  gpu/test  MPS 256 B
               └─ port d1  Gen5 x16  ACS without redirect: SrcValid+
                  └─ gpu gpu1  gpu/test  MPS 256 B

      socket s1  cpu/test
      └─ host bridge hb1  no id  domain 0001
         └─ root port rp1  Gen5 x16  ACS off
            └─ gpu gpu2  gpu/test  MPS 256 B

      s0 ── s1  UPI

      Warnings
      - rp0: the link below runs at Gen2 x16 of Gen5 x16 (degraded), 8.0 instead of 63.0 GB/s each way
      - sw: ACS redirect at d0; peer traffic from there climbs to the root complex
      - sw: its uplink (Gen2 x16, 8.0 GB/s) is oversubscribed 15.8 : 1 by the 126.0 GB/s below it
      "
    `);
  });

  it('has no warning where links are at their best and nothing redirects or is oversubscribed', () => {
    const { rp1, gpu2 } = SMALL_SYSTEM.nodes;
    const plain = { ...SMALL_SYSTEM, nodes: { rp1, gpu2 } as typeof SMALL_SYSTEM.nodes };
    expect(systemWarnings(plain, pcie)).toEqual([]);
    expect(systemTree(plain, pcie)).not.toContain('Warnings');
  });

  it('counts two functions of one device once against an uplink', () => {
    const { gpu0, gpu1, d1, ...rest } = SMALL_SYSTEM.nodes;
    if (!gpu0 || !gpu1 || !d1) throw new Error('the small system has changed');
    const nodes = { ...rest, gpu0, gpu1: { ...gpu1, parent: 'd0' }, d1 };
    const warnings = systemWarnings({ ...SMALL_SYSTEM, nodes }, pcie);
    expect(warnings.at(-1)).toContain('oversubscribed 7.9 : 1 by the 63.0 GB/s below it');
  });
});
