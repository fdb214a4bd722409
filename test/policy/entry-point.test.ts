import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ENTRY_POINTS } from '../../src/policy/entry-point.ts';
import {
  type DmaAnswer,
  entryPointAnswer,
  type MappingQuestion,
} from '../../src/policy/entry-point-answer.ts';
import { MOST_ENTRY_BYTES } from '../../src/policy/entry-point-entries.ts';
import type { MapType } from '../../src/policy/map-type.ts';
import type { IommuMode } from '../../src/system/system.ts';

const MAP_TYPES: readonly MapType[] = ['BUS_ADDR', 'THRU_HOST_BRIDGE', 'NOT_SUPPORTED'];
const MODES: readonly IommuMode[] = ['off', 'passthrough', 'translate'];
const GiB = 2 ** 30;

/** As the fixture has them; what a vector does not say is any or usual. */
interface AddressVector {
  readonly id: string;
  readonly mapType: string;
  readonly iommu?: string;
  readonly busOffset?: number | string;
  readonly phys?: string;
  readonly dmaMaskBits?: number;
  readonly swiotlbForce?: boolean;
  readonly dmaOps?: string;
  readonly nrRanges?: number;
  readonly expect: Readonly<Record<string, unknown>>;
  readonly reasoning: string;
}

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/dma-addresses.json', import.meta.url), 'utf8'),
) as { readonly dmaAddressVectors: readonly AddressVector[] };

const anyOf = <T extends string>(word: string | undefined, all: readonly T[]): readonly T[] =>
  all.filter((each) => word === undefined || word === 'any' || word === each);

function signed(value: number | string | undefined): number {
  const text = String(value ?? 0);
  return text.startsWith('-') ? -Number(text.slice(1)) : Number(text);
}

/** All questions that a vector stands for, as it may leave map type and IOMMU open. */
function questionsOf(vector: AddressVector): readonly MappingQuestion[] {
  const address = Number(vector.phys ?? 0x6000000000);
  const ranges = Array.from({ length: vector.nrRanges ?? 1 }, (_, i) => ({
    address: address + i * 4 * GiB,
    bytes: 4096,
  }));
  return anyOf(vector.mapType, MAP_TYPES).flatMap((mapType) =>
    anyOf(vector.iommu, MODES).map((iommu) => ({
      mapType,
      busOffset: signed(vector.busOffset),
      ranges,
      device: {
        iommu,
        dmaMaskBits: vector.dmaMaskBits ?? 64,
        swiotlbForced: vector.swiotlbForce ?? false,
        archDmaOps: vector.dmaOps === 'arch-specific',
      },
    })),
  );
}

const entriesOf = (answer: DmaAnswer) => (answer.kind === 'ERROR' ? [] : answer.entries);

/** Each thing that a vector may expect, as the answer has it. */
const READ: Readonly<Record<string, (answer: DmaAnswer) => unknown>> = {
  kind: ({ kind }) => kind,
  addr: (answer) => entriesOf(answer).map((entry) => ('address' in entry ? entry.address : null))[0],
  prot: (answer) => 'protection' in answer && answer.protection,
  errno: (answer) => answer.kind === 'ERROR' && answer.cause,
  iova: (answer) => (entriesOf(answer).some(({ kind }) => kind === 'IOVA') ? 'some' : null),
  unmapCost: (answer) => ('unmapWork' in answer && answer.unmapWork === 'none' ? 0 : 'some'),
  sgEntries: (answer) => entriesOf(answer).length,
  dma_pci_p2pdma_supported: (answer) => !('cause' in answer && answer.cause === 'P2P_UNSUPPORTED'),
};

const WANTED: Readonly<Record<string, (value: unknown) => unknown>> = {
  kind: (value) => (value === 'NONE' ? 'ERROR' : value),
  addr: Number,
  prot: (value) => (value === 'MMIO, uncached' ? 'MMIO' : 'unknown'),
};

/** The errors of entry points, by the names that vector D07 gives these. */
const ERRORS: Readonly<Record<string, (typeof ENTRY_POINTS)[number]>> = {
  dma_map_sgtable: 'dma_map_sgtable',
  dma_map_sg: 'dma_map_sg',
  dma_buf_phys_vec_to_sgt: 'dmabuf',
  block_layer: 'block_layer',
};

describe('what a device is given is as in the address vectors', () => {
  test('and all 11 of them are here', () => expect(fixture.dmaAddressVectors).toHaveLength(11));

  test.each(fixture.dmaAddressVectors)('$id: $reasoning', (vector) => {
    const questions = questionsOf(vector);
    expect(questions.length).toBeGreaterThan(0);
    for (const question of questions) {
      for (const [key, value] of Object.entries(vector.expect)) {
        const point = ERRORS[key];
        if (point !== undefined) {
          expect(entryPointAnswer(point, question)).toMatchObject({ returns: value, final: true });
          continue;
        }
        const read = READ[key];
        if (read === undefined) throw new Error(`${vector.id} expects ${key}, which no check knows`);
        const wanted = WANTED[key]?.(value) ?? value;
        for (const each of ENTRY_POINTS) expect(read(entryPointAnswer(each, question))).toEqual(wanted);
      }
    }
  });
});

const DEVICE = { iommu: 'off', dmaMaskBits: 64, swiotlbForced: false, archDmaOps: false } as const;
const question = (changes: Partial<MappingQuestion>): MappingQuestion => ({
  device: DEVICE,
  mapType: 'THRU_HOST_BRIDGE',
  busOffset: 0,
  ranges: [{ address: 0x6000000000, bytes: 4096 }],
  ...changes,
});

/** What a device of so many bits is given for a page at this address. */
const at = (address: number, bits: number): DmaAnswer =>
  entryPointAnswer(
    'dmabuf',
    question({ device: { ...DEVICE, dmaMaskBits: bits }, ranges: [{ address, bytes: 4096 }] }),
  );

describe('a mask', () => {
  test('of 32 bits reaches the last page below 4 GiB and none beyond', () => {
    expect([at(4 * GiB - 4096, 32).kind, at(4 * GiB - 4095, 32).kind]).toEqual(['PHYS', 'ERROR']);
  });

  test('does not matter where the IOMMU translates, nor for bus addresses', () => {
    const device = { ...DEVICE, iommu: 'translate', dmaMaskBits: 32, swiotlbForced: true } as const;
    expect(entryPointAnswer('dmabuf', question({ device })).kind).toBe('IOVA');
    expect(entryPointAnswer('dmabuf', question({ device, mapType: 'BUS_ADDR' })).kind).toBe('BUS');
  });
});

describe('entries', () => {
  test('of an IOVA range are split at 4 GiB - 1', () => {
    const device = { ...DEVICE, iommu: 'translate' } as const;
    const ranges = [0, 1].map((i) => ({ address: i * 8 * GiB, bytes: 4 * GiB }));
    expect(entryPointAnswer('dma_map_sgtable', question({ device, ranges }))).toMatchObject({
      entries: [
        { kind: 'IOVA', offset: 0, bytes: 2 ** 32 - 1 },
        { kind: 'IOVA', offset: 2 ** 32 - 1, bytes: 2 ** 32 - 1 },
        { kind: 'IOVA', offset: 2 ** 33 - 2, bytes: 2 },
      ],
    });
  });

  test('of a bus address range that is longer follow one another', () => {
    const ranges = [{ address: 0x6000000000, bytes: 4 * GiB }];
    expect(
      entryPointAnswer('dmabuf', question({ ranges, mapType: 'BUS_ADDR', busOffset: 16 })),
    ).toMatchObject({
      entries: [
        { address: 0x6000000010, bytes: 2 ** 32 - 1 },
        { address: 0x610000000f, bytes: 1 },
      ],
    });
  });

  test('of a BAR that is not stated have neither address nor length', () => {
    const ranges = [{ address: null, bytes: null }];
    expect(entryPointAnswer('dmabuf', question({ ranges, mapType: 'BUS_ADDR' }))).toMatchObject({
      entries: [{ kind: 'BUS', address: null, bytes: null }],
    });
  });

  test('together are as long as the ranges, in order, and none is longer than its field allows', () => {
    const range = fc.record({
      address: fc.integer({ min: 0, max: 2 ** 46 }),
      bytes: fc.integer({ min: 1, max: 64 * GiB }),
    });
    const asked = fc.record({
      mapType: fc.constantFrom<MapType>('BUS_ADDR', 'THRU_HOST_BRIDGE'),
      iommu: fc.constantFrom(...MODES),
      ranges: fc.array(range, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(asked, fc.integer({ min: 0, max: 2 ** 46 }), ({ mapType, iommu, ranges }, busOffset) => {
        const answer = entryPointAnswer(
          'dmabuf',
          question({ mapType, busOffset, ranges, device: { ...DEVICE, iommu } }),
        );
        const total = ranges.reduce((sum, { bytes }) => sum + bytes, 0);
        const lengths = entriesOf(answer).map(({ bytes }) => bytes ?? 0);
        expect(lengths.reduce((sum, bytes) => sum + bytes, 0)).toBe(total);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(MOST_ENTRY_BYTES);
        const moved = answer.kind === 'BUS' ? busOffset : 0;
        const starts = entriesOf(answer).flatMap((each) => ('address' in each ? [each.address] : []));
        if (answer.kind !== 'IOVA')
          for (const { address } of ranges) expect(starts).toContain(address + moved);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});
