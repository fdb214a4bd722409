import { describe, expect, test } from 'vitest';
import { mappingOf } from '../../src/policy/mapping.ts';
import { providerMemory } from '../../src/policy/provider-memory.ts';
import { mappingText } from '../../src/report/mapping-text.ts';
import type { Bar, System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';

const KERNEL = loadKernel('linux-7.3');
const MiB = 2 ** 20;
const GiB = 2 ** 30;

const memory = (size: number, address: number | null = null): Bar => ({
  kind: 'memory',
  size: bytes(size),
  address,
});
const io: Bar = { kind: 'io', size: bytes(128), address: null };

/** A topology of the vectors in which the BARs of some functions are stated, behind a bus offset. */
function machine(name: string, bars: Readonly<Record<string, readonly Bar[]>>, busOffset = 0): System {
  const system = vectorSystem(vectorFixture(name));
  const nodes = Object.entries(system.nodes).map(([id, node]) => [
    id,
    bars[id] === undefined ? node : { ...node, bars: bars[id] },
  ]);
  const hostBridges = system.hostBridges.map((bridge) => ({ ...bridge, busOffset }));
  return { ...system, hostBridges, nodes: Object.fromEntries(nodes) };
}

const GPU = [memory(16 * MiB, 0x10000000), memory(32 * GiB, 0x6000000000), memory(32 * MiB)];

describe('the memory of a provider', () => {
  test('is its largest memory BAR', () => {
    const expected = { bar: 1, address: 0x6000000000, bytes: 32 * GiB };
    expect(providerMemory(machine('sw', { A: GPU }), 'A')).toEqual(expected);
  });

  test('is the first of equal ones, and no I/O BAR however large', () => {
    const bars = [{ ...io, size: bytes(GiB) }, { ...io, size: bytes(MiB) }, memory(MiB), memory(MiB)];
    expect(providerMemory(machine('sw', { A: bars }), 'A')).toMatchObject({ bar: 2, address: null });
  });

  test('is one BAR of unknown size where nothing is stated', () => {
    expect(providerMemory(machine('sw', {}), 'A')).toEqual({ bar: null, address: null, bytes: null });
  });

  test.each([
    ['A', [], 'expected a function with a memory BAR; A has none; name one of B'],
    ['A', [io], 'expected a function with a memory BAR; A has only an I/O BAR; name one of B'],
    ['dn0', GPU, 'expected a function with a memory BAR; dn0 has none; name one of A, B'],
  ] as const)('is missed in %s with its %# BARs, and others are named', (provider, bars, message) => {
    const system = machine('sw', { A: bars });
    expect(() => providerMemory(system, provider)).toThrow(new RangeError(message));
    expect(() => mappingOf(system, provider, 'B', KERNEL)).toThrow(RangeError);
  });

  test('is missed in the whole machine with a remedy', () => {
    const system = machine('sw', { A: [], B: [io] });
    expect(() => providerMemory(system, 'A')).toThrow(
      'expected a function with a memory BAR; A has none; state one in `bars` of the system file',
    );
  });
});

describe('the mapping of a pair', () => {
  test('below one switch is the bus address, which the host bridge may have moved', () => {
    const mapping = mappingOf(machine('sw', { A: GPU }, -0x5f80000000), 'A', 'B', KERNEL);
    expect(mapping).toMatchObject({ kind: 'BUS', address: 0x80000000 });
    expect(mapping.entryPoints.dmabuf).toMatchObject({ kind: 'BUS', unmapWork: 'none' });
    expect(mapping.sources).toHaveLength(10);
  });

  test('through a host bridge is the physical address, which the offset does not move', () => {
    const mapping = mappingOf(machine('2rp-off', { A: GPU }, -0x5f80000000), 'A', 'B', KERNEL);
    expect(mapping).toMatchObject({ kind: 'PHYS', address: 0x6000000000 });
  });

  test('through a host bridge with an IOMMU that translates is an IOVA, which the file cannot tell', () => {
    const mapping = mappingOf(machine('sw-1d', { A: [memory(GiB, 0x6000000000)] }), 'A', 'B', KERNEL);
    expect(mapping).toMatchObject({ kind: 'IOVA', address: null });
    expect(mapping.entryPoints.dma_map_sg).toMatchObject({
      entries: [{ kind: 'IOVA', offset: 0, bytes: GiB }],
      protection: 'MMIO',
      unmapWork: 'IOTLB',
    });
  });

  test('has no address where the BAR has none', () => {
    expect(mappingOf(machine('sw', {}), 'A', 'B', KERNEL)).toMatchObject({ kind: 'BUS', address: null });
  });

  test('that is refused has the error of each entry point and no source', () => {
    const { entryPoints, ...mapping } = mappingOf(machine('2rp-client', { A: GPU }), 'A', 'B', KERNEL);
    expect(mapping).toMatchObject({ kind: null, address: null, sources: [] });
    const returns = Object.entries(entryPoints).map(([point, answer]) => [
      point,
      'returns' in answer && answer.returns,
    ]);
    expect(Object.fromEntries(returns)).toEqual({
      dma_map_sgtable: '-EREMOTEIO',
      dma_map_sg: 0,
      dmabuf: '-EINVAL',
      block_layer: 'BLK_STS_INVAL',
    });
  });
});

const text = (name: string, bars: Readonly<Record<string, readonly Bar[]>> = { A: GPU }): string =>
  mappingText(mappingOf(machine(name, bars), 'A', 'B', KERNEL));

const given = (name: string) => /given\s+(.*)/.exec(text(name, { A: [memory(GiB)] }))?.[1];

describe('a mapping in words', () => {
  test('says where the memory is, what is given, by which entry points and to whom', () => {
    expect(text('sw')).toMatchInlineSnapshot(`
      "  memory       BAR 1 of A, 32 GiB at 0x6000000000
        given        0x6000000000 on the bus
        mapped by    dma_map_sgtable, dma_map_sg, dmabuf, block_layer: BUS in 9 entries, unmapping costs nothing
        usable by    with struct pages: O_DIRECT, nvmet, block layer, scatterlist, shared mmap of sysfs allocate,
                     DMABUF; without: DMABUF
      "
    `);
  });

  test('of an IOVA says what unmapping costs', () => {
    expect(text('sw-1d')).toMatchInlineSnapshot(`
      "  memory       BAR 1 of A, 32 GiB at 0x6000000000
        given        an IOVA that the IOMMU driver chooses
        mapped by    dma_map_sgtable, dma_map_sg, dmabuf, block_layer: IOVA in 9 entries, unmapping costs IOTLB work
        usable by    with struct pages: O_DIRECT, nvmet, block layer, scatterlist, shared mmap of sysfs allocate,
                     DMABUF; without: DMABUF
      "
    `);
  });

  test('of a refused pair gives the errors, and nobody to use it', () => {
    expect(text('2rp-client', {})).toMatchInlineSnapshot(`
      "  memory       of A, whose BARs are not stated
        given        nothing
        mapped by    dma_map_sgtable: refused with -EREMOTEIO; dma_map_sg: refused with 0; dmabuf: refused with
                     -EINVAL; block_layer: refused with BLK_STS_INVAL
      "
    `);
  });

  test('does not make up an address', () => {
    expect([given('sw'), given('2rp-off')]).toEqual([
      'a PCI bus address, not known without that of the BAR',
      'a physical address, not known without that of the BAR',
    ]);
  });
});
