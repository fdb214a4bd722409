import { describe, expect, test } from 'vitest';
import { ACS } from '../../src/pcie/acs.ts';
import { setAcsControl, setIommu } from '../../src/system/edit.ts';
import type { IommuMode, System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { flow, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/*
 * An IOTLB of 64 entries, page walks of 280 ns, six at a time: what pcie-bench's cliff says of Xeon E5 (pcie-facts, section 4.1).
 * Reads of 64 B from one device at Gen3 x8, random within a region. Little: walks that miss go at 6 in 280 ns, 21.4 M/s.
 */
const ENTRIES = 64;
const WALKS = 6;
const WALK_NS = 280;
const KIB = 1024;
const PAGE = 4 * KIB;
const HUGE = 2 * KIB * KIB;
const READ = 64;
const WALKS_GBPS = (WALKS * READ) / WALK_NS;

interface Machine {
  readonly mode?: IommuMode;
  readonly page?: number;
  readonly cpu?: Numbers;
}

const IOMMU: Numbers = { entries: ENTRIES, hit_latency: '0 ns', walk_latency: `${WALK_NS} ns`, walks: WALKS };

function machine({ mode = 'translate', page = PAGE, cpu = {} }: Machine): System {
  const system = measuredSystem({
    cpu: { iommu: IOMMU, memory_latency: '400 ns', cache_latency: '340 ns', ...cpu },
    below: [device('a', 'gen3x8'), device('b', 'gen3x8')],
  });
  return setIommu(system, mode, bytes(page));
}

const reads = (region: number, more = {}) =>
  flow('mem:s0', 'a', READ, { op: 'read', region: bytes(region), access: 'random', depth: 256, ...more });

/** Steady rate of random reads within so many bytes; the first thousand fill the IOTLB. */
function rate(system: System, region: number): number {
  const { arrivals } = measureOne(system, reads(region, { transfers: 12_000 }));
  return arrivals.steadyRate_GBps(READ, 1500);
}

const OFF = rate(machine({ mode: 'off' }), PAGE);

const expectWithin = (value: number, expected: number, within: number): void =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(within);

describe('random reads of 64 B behind an IOTLB of 64 entries', () => {
  test.each([16, 64, 128, 256])('within %i KiB are as fast as without an IOMMU', (kib) => {
    expectWithin(rate(machine({}), kib * KIB), OFF, 1e-3);
  });

  test('far beyond it go at six walks in 280 ns: 21.4 M/s', () => {
    expectWithin(WALKS_GBPS / READ, 0.0214, 2e-3);
    const region = 64 * KIB * KIB;
    const share = 1 - (ENTRIES * PAGE) / region;
    expectWithin(rate(machine({}), region), WALKS_GBPS / share, 0.02);
  });

  test.each([288, 320, 384, 512, 1024, 4096])(
    'in a region of %i KiB go at the walks over the share that misses, or at the rate of the link',
    (kib) => {
      const misses = 1 - (ENTRIES * PAGE) / (kib * KIB);
      expectWithin(rate(machine({}), kib * KIB), Math.min(OFF, WALKS_GBPS / misses), 0.02);
    },
  );

  test.each([512, 4096, 65_536])('lose nothing in %i KiB of pages of 2 MiB', (kib) => {
    expectWithin(rate(machine({ page: HUGE }), kib * KIB), OFF, 1e-3);
  });
});

/** A walk begins with the head of the request; without an IOMMU the request goes on with its tail, 24 B later. */
const HEAD_TO_TAIL_NS = Math.round((24 * 1e6) / 7876.923) / 1e3;

/** Of a lone read of one TLP, in ns. */
const alone = (system: System, more = {}): number =>
  measureOne(system, reads(READ, { transfers: 1, ...more })).result.latency_ns?.mean ?? NaN;

describe('a lone read of memory', () => {
  test('that misses takes a page walk longer, no more and no less', () => {
    expect(alone(machine({})) - alone(machine({ mode: 'off' }))).toBeCloseTo(WALK_NS - HEAD_TO_TAIL_NS, 6);
  });

  test('takes the hit latency longer where the translation is there', () => {
    const cpu = { iommu: { ...IOMMU, hit_latency: '30 ns' } };
    const second = (mode: IommuMode): number => {
      const system = machine({ mode, cpu });
      const two = measureOne(system, reads(READ, { transfers: 2, depth: 1 })).result.latency_ns?.mean ?? NaN;
      return 2 * two - alone(system);
    };
    expect(second('translate') - second('off')).toBeCloseTo(30 - HEAD_TO_TAIL_NS, 6);
  });

  test('that the last-level cache answers is faster by what memory takes longer', () => {
    for (const mode of ['off', 'translate'] as const) {
      const system = machine({ mode });
      expect(alone(system) - alone(system, { cached: true })).toBeCloseTo(400 - 340, 6);
    }
  });
});

/** Two devices below one switch, whose ports redirect or not. */
function peers(mode: IommuMode, redirects: boolean): System {
  const below = [pcieSwitch('sw', 'gen3x8', [device('a', 'gen3x8'), device('b', 'gen3x8')])];
  const system = setIommu(measuredSystem({ cpu: { iommu: IOMMU }, below }), mode);
  const control = redirects ? ACS.SV | ACS.RR | ACS.CR | ACS.UF : 0;
  return setAcsControl(system, ['sw.d0', 'sw.d1'], control);
}

/** Random writes of 64 B in a region far beyond the reach of the IOTLB. */
function peerWrites(system: System) {
  const region = bytes(64 * KIB * KIB);
  const { arrivals, result } = measureOne(
    system,
    flow('a', 'b', READ, { region, access: 'random', transfers: 4000, depth: 64 }),
  );
  const [{ address = '', turn = '' } = {}] = result.routes;
  return { rate: arrivals.steadyRate_GBps(READ, 500), first: arrivals.first_ns, address, turn };
}

describe('a way that the IOMMU does not translate costs nothing:', () => {
  test('a bus address below one switch', () => {
    const translating = peerWrites(peers('translate', false));
    expect(translating.address).toBe('BUS');
    expect(translating).toMatchObject({ ...peerWrites(peers('off', false)), address: 'BUS' });
  });

  test('a physical address through the root port where the IOMMU passes through', () => {
    const [off, through, translating] = (['off', 'passthrough', 'translate'] as const).map((mode) =>
      peerWrites(peers(mode, true)),
    );
    expect(through).toEqual(off);
    expect(through?.turn).toBe('same-root-port-hairpin');
    // while an address that is translated costs a walk nearly always
    expect(translating?.address).toBe('IOVA');
    expectWithin(translating?.rate ?? NaN, WALKS_GBPS / (1 - ENTRIES / 16_384), 0.02);
  });

  test('reads of memory where it passes through', () => {
    const region = 64 * KIB * KIB;
    expect(rate(machine({ mode: 'passthrough' }), region)).toBe(rate(machine({ mode: 'off' }), region));
    expect(alone(machine({ mode: 'passthrough' }))).toBe(alone(machine({ mode: 'off' })));
  });
});
