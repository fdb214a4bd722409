import { describe, expect, it } from 'vitest';
import { GENERATIONS, linkRate, WIDTHS } from '../../src/pcie/generation.ts';
import {
  NCCL_INTEL_P2P_COST,
  NCCL_SOCKET_BANDWIDTH,
  ncclLinkBandwidth,
} from '../../src/routing/nccl-constants.ts';

describe("NCCL's planner", () => {
  /** pcie-facts, section 4.3; generations 1 and 2: NCCL 2.28, topo.cc, kvDictPciGen (15 and 30 times 100 Mb/s per lane). */
  it.each([
    [1, 3],
    [2, 6],
    [3, 12],
    [4, 24],
    [5, 48],
    [6, 96],
  ] as const)('takes generation %i x16 for %i GB/s', (generation, rate) => {
    expect(ncclLinkBandwidth(generation, 16)).toBe(rate * 1e9);
  });

  it('takes every link for 75 to 77 % of what it carries', () => {
    for (const generation of GENERATIONS) {
      for (const width of WIDTHS) {
        const share = ncclLinkBandwidth(generation, width) / linkRate(generation, width);
        expect(share).toBeGreaterThanOrEqual(0.75);
        expect(share).toBeLessThan(0.77);
      }
    }
  });

  /** pcie-facts, section 4.3. */
  it('takes links between sockets for 6 to 40 GB/s, and peers through an Intel root complex for a fifth dearer', () => {
    const inGBps = Object.entries(NCCL_SOCKET_BANDWIDTH).map(([link, rate]) => [link, rate / 1e9]);
    expect(Object.fromEntries(inGBps)).toEqual({
      'intel-qpi': 6,
      'intel-upi-skylake': 10,
      'intel-upi-sapphire-rapids': 22,
      'intel-upi-emerald-rapids': 40,
      amd: 16,
      power9: 32,
      arm: 6,
      zhaoxin: 6,
      'zhaoxin-yongfeng': 9,
    });
    expect(NCCL_INTEL_P2P_COST).toBe(1.2);
  });
});
