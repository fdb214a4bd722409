import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DmaDevice } from '../../src/policy/entry-point-answer.ts';
import { mapScatterList } from '../../src/policy/scatter-list.ts';
import type { ListSegment, ProviderState } from '../../src/policy/scatter-list-segment.ts';
import type { MapType } from '../../src/policy/map-type.ts';

const DEVICE: DmaDevice = { iommu: 'translate', dmaMaskBits: 64, swiotlbForced: false, archDmaOps: false };
const PAGE = 4096;

/** Providers by the map type that their name begins with. */
const TYPES: Readonly<Record<string, MapType>> = {
  bus: 'BUS_ADDR',
  thru: 'THRU_HOST_BRIDGE',
  no: 'NOT_SUPPORTED',
};

function stateOf(provider: string): ProviderState {
  const mapType = TYPES[provider.replace(/\d+$/, '')];
  if (mapType === undefined) throw new Error(`no map type for ${provider}`);
  return { mapType, busOffset: -0x1000 };
}

/** One page each, at 0x10000, 0x20000 and so on; `mem` is ordinary memory. */
const segments = (...names: readonly string[]): ListSegment[] =>
  names.map((name, i) => ({
    provider: name === 'mem' ? null : name,
    address: 0x10000 * (i + 1),
    bytes: PAGE,
  }));

const map = (list: readonly ListSegment[], device: Partial<DmaDevice> = {}) =>
  mapScatterList({
    entryPoint: 'dma_map_sgtable',
    device: { ...DEVICE, ...device },
    segments: list,
    stateOf,
  });

describe('a mixed list', () => {
  test('has bus addresses, and one IOVA allocation for all the others', () => {
    expect(map(segments('mem', 'thru0', 'bus0', 'mem'))).toEqual({
      kind: 'MAPPED',
      entries: [
        { kind: 'IOVA', offset: 0, bytes: 2 * PAGE },
        { kind: 'BUS', address: 0x2f000, bytes: PAGE },
        { kind: 'IOVA', offset: 2 * PAGE, bytes: PAGE },
      ],
      evaluated: ['thru0', 'bus0'],
      iovaBytes: 3 * PAGE,
    });
  });

  test('without an IOMMU has physical addresses in place of IOVAs, each for itself', () => {
    expect(map(segments('mem', 'thru0', 'bus0'), { iommu: 'passthrough' })).toMatchObject({
      entries: [
        { kind: 'PHYS', address: 0x10000 },
        { kind: 'PHYS', address: 0x20000 },
        { kind: 'BUS', address: 0x2f000 },
      ],
      iovaBytes: 0,
    });
  });

  test('asks the policy when the provider changes, and ordinary memory is no change', () => {
    const list = segments('bus0', 'bus0', 'mem', 'bus0', 'bus1', 'bus0');
    expect(map(list).evaluated).toEqual(['bus0', 'bus1', 'bus0']);
  });

  test('of bus addresses alone owns no IOVA', () => {
    expect(map(segments('bus0', 'bus1'))).toMatchObject({ kind: 'MAPPED', iovaBytes: 0 });
  });
});

describe('one refused segment', () => {
  test('fails the whole list, and no segment behind it is asked about', () => {
    expect(map(segments('mem', 'no0', 'bus0'))).toEqual({
      kind: 'REFUSED',
      segment: 1,
      error: { kind: 'ERROR', cause: 'NOT_SUPPORTED', returns: '-EREMOTEIO', final: true },
      undone: [],
      evaluated: ['no0'],
    });
  });

  test('has what was mapped before it unmapped, bus addresses excepted, as these own nothing', () => {
    const answer = map(segments('mem', 'bus0', 'thru0', 'no0'), { iommu: 'off' });
    expect(answer).toMatchObject({
      kind: 'REFUSED',
      segment: 3,
      undone: [
        { kind: 'PHYS', address: 0x10000 },
        { kind: 'PHYS', address: 0x30000 },
      ],
    });
  });

  test('makes dma_map_sg return 0', () => {
    const list = { device: DEVICE, segments: segments('no0'), stateOf };
    expect(mapScatterList({ ...list, entryPoint: 'dma_map_sg' })).toMatchObject({ error: { returns: 0 } });
  });
});

describe('a device that does not reach a segment', () => {
  const small = { iommu: 'off', dmaMaskBits: 16 } as const;

  test('is given a copy of ordinary memory', () => {
    expect(map(segments('mem'), small)).toMatchObject({ entries: [{ kind: 'BOUNCED', bytes: PAGE }] });
    expect(map(segments('mem'), { ...small, dmaMaskBits: 17 })).toMatchObject({
      entries: [{ kind: 'PHYS' }],
    });
  });

  test("is given none of a peer's memory, also where copies are forced", () => {
    const error = { cause: 'DMA_MAPPING_ERROR' };
    expect(map(segments('mem', 'thru0'), small)).toMatchObject({ kind: 'REFUSED', segment: 1, error });
    expect(map(segments('thru0'), { iommu: 'off', swiotlbForced: true })).toMatchObject({ error });
  });
});

test('DMA operations of the architecture map ordinary memory, but no memory of peers', () => {
  const own = { archDmaOps: true };
  expect(map(segments('mem'), own).kind).toBe('MAPPED');
  expect(map(segments('mem', 'bus0'), own)).toMatchObject({
    segment: 1,
    error: { cause: 'P2P_UNSUPPORTED' },
  });
});

test('a list is mapped with all its bytes, or refused at its first refused segment', () => {
  const names = fc.array(fc.constantFrom('mem', 'bus0', 'bus1', 'thru0', 'thru1', 'no0'), { maxLength: 12 });
  const device = fc.record({ iommu: fc.constantFrom('off', 'passthrough', 'translate') });
  fc.assert(
    fc.property(names, device, (list, changes) => {
      const answer = map(segments(...list), changes);
      const refused = list.indexOf('no0');
      if (answer.kind === 'REFUSED') {
        expect(answer.segment).toBe(refused);
        return;
      }
      expect(refused).toBe(-1);
      const bytesOf = (kind: string): number =>
        answer.entries
          .filter((entry) => entry.kind === kind)
          .reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
      const onBus = list.filter((name) => name.startsWith('bus')).length * PAGE;
      expect([bytesOf('BUS'), bytesOf('IOVA')]).toEqual([onBus, answer.iovaBytes]);
      expect(bytesOf('IOVA') + bytesOf('PHYS')).toBe(list.length * PAGE - onBus);
    }),
    { seed: 20261122, numRuns: 200 },
  );
});
