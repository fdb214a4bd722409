import { describe, expect, test } from 'vitest';
import { UserMapping } from '../../../src/dma/pages/user-pages.ts';
import { bytes } from '../../../src/units.ts';
import { CLIENT, DRIVER, MIB, PAGE, PagesWorld, withPool } from './pages-world.ts';

const SHARED = { shared: true, offset: 0 };

describe('paged peer memory does as in the lifecycle vectors', () => {
  test('L13: an allocation keeps the pages, and an unbind waits until it is freed', () => {
    const world = withPool();
    const block = world.allocated(3);
    world.unbind();
    world.run();
    expect(world.provider.state).toBe('unbinding');
    expect(world.removals).toEqual([{ from: 0, to: null, references: 1, afterMappings: 1 }]);
    world.provider.free(CLIENT, block);
    world.run();
    expect(world.provider.state).toBe('unbound');
    expect(world.removals[0]?.to).toBe(0);
  });

  test('L13: for as long as it is held, whatever time that is', () => {
    const world = withPool();
    const block = world.allocated(3);
    world.unbind(5000);
    world.start(
      (function* () {
        yield 7_000_000;
        world.provider.free(CLIENT, block);
      })(),
    );
    world.run();
    expect(world.removals[0]).toMatchObject({ from: 0, to: 7_000_000 });
  });

  test('L13: a grace period passes in any case', () => {
    const world = withPool();
    world.unbind(5000);
    world.run();
    expect(world.removals[0]).toMatchObject({ from: 0, to: 5000, references: 0 });
  });

  test('L14: nobody gets anything once the unbind has begun, within the grace period and after it', () => {
    const world = withPool();
    const block = world.allocated(1);
    const answers: unknown[] = [];
    world.unbind(5000);
    world.start(
      (function* () {
        for (let step = 0; step < 4; step++) {
          yield 2000;
          answers.push(world.alloc(1), world.users.mmap(CLIENT, bytes(PAGE), SHARED));
        }
        world.provider.free(CLIENT, block);
      })(),
    );
    world.run();
    expect(answers).toEqual(Array.from({ length: 4 }, () => [null, '-ENODEV']).flat());
    expect(world.provider.state).toBe('unbound');
  });

  test.each([
    [{ shared: false, offset: 0 }, 'private'],
    [{ shared: true, offset: PAGE }, 'not at offset 0'],
  ])('L15: a mapping of p2pmem/allocate that is %j is -EINVAL, being %s', (how) => {
    const world = withPool();
    expect(world.users.mmap(CLIENT, bytes(PAGE), how)).toBe('-EINVAL');
    expect(world.provider.references).toBe(0);
  });

  test('L16: pages of a peer are pinned with FOLL_PCI_P2PDMA, but never with FOLL_LONGTERM', () => {
    const world = withPool();
    const mapping = world.users.mmap(CLIENT, bytes(PAGE), SHARED) as UserMapping;
    const pin = (peerPages: boolean, longTerm: boolean) =>
      world.users.pin(CLIENT, mapping, { peerPages, longTerm });
    expect(pin(true, true)).toBe('-EINVAL');
    expect(pin(false, false)).toBe('-EREMOTEIO');
    expect(mapping.pins).toEqual([0]);
    expect(pin(true, false)).toBeNull();
    expect(mapping.pins).toEqual([1]);
  });
});

describe('a resource', () => {
  test.each([
    ['an I/O BAR', 2 * MIB, { bar: 0 }, '-EINVAL'],
    ['a BAR that is not there', 2 * MIB, { bar: 2 }, '-EINVAL'],
    ['an offset at the end of the BAR', 0, { offset: 16 * MIB }, '-EINVAL'],
    ['a range beyond the end of the BAR', 4 * MIB, { offset: 14 * MIB }, '-EINVAL'],
    ['a size that is no multiple of 2 MiB', MIB, {}, '-EINVAL'],
    ['an offset that is no multiple of 2 MiB', 2 * MIB, { offset: MIB }, '-EINVAL'],
    ['the end of the BAR', 2 * MIB, { offset: 14 * MIB }, null],
    ['a whole BAR', 16 * MIB, {}, null],
  ] as const)('of %s: %i B at %j gives %s', (_, size, where, expected) => {
    const world = new PagesWorld();
    expect(world.add(size, where)).toBe(expected);
    expect(world.provider.size).toBe(expected === null ? size : 0);
  });

  test('of size 0 is the rest of the BAR', () => {
    const world = new PagesWorld();
    expect(world.add(0, { offset: 4 * MIB })).toBeNull();
    expect(world.provider.size).toBe(12 * MIB);
  });

  test('counts by its address, not by its offset alone', () => {
    const bars = [{ kind: 'memory', size: bytes(4 * MIB), address: 0x6000100000 }] as const;
    const world = new PagesWorld({ bars });
    expect(world.add(2 * MIB, { bar: 0 })).toBe('-EINVAL');
    expect(world.add(2 * MIB, { bar: 0, offset: MIB })).toBeNull();
  });

  test('is not supported by a kernel of 32 bits', () => {
    expect(new PagesWorld({ wide: false }).add(2 * MIB)).toBe('-EOPNOTSUPP');
  });
});

describe('a pool', () => {
  test('gives whole pages, and a scatterlist of one entry', () => {
    const { provider } = withPool();
    expect(provider.alloc(CLIENT, bytes(1))).toMatchObject({ first: 0, pages: 1 });
    expect(provider.allocList(CLIENT, bytes(PAGE + 1))?.entries).toMatchObject([{ first: 1, pages: 2 }]);
    expect(provider.available).toBe(2 * MIB - 3 * PAGE);
    expect(provider.references).toBe(2);
  });

  test('gives the lowest hole that is large enough, and nothing where none is', () => {
    const world = withPool();
    const [low, middle] = [world.allocated(100), world.allocated(200)];
    world.allocated(212);
    expect(world.alloc(1)).toBeNull();
    world.provider.free(CLIENT, middle);
    world.provider.free(CLIENT, low);
    expect(world.alloc(300)?.first).toBe(0);
    expect(world.provider.use.highWater).toBe(512);
  });

  test('is found by those who look for memory while it is published and bound', () => {
    const { provider } = withPool();
    expect(provider.offers).toBe(false);
    provider.publish(DRIVER, true);
    expect(provider.offers).toBe(true);
    provider.beginUnbind(DRIVER);
    expect(provider.offers).toBe(false);
  });
});

describe("a process's mapping", () => {
  test('has a reference for each page, and takes none when the pool is empty', () => {
    const world = withPool();
    world.users.mmap(CLIENT, bytes(512 * PAGE), SHARED);
    expect(world.provider.references).toBe(512);
    expect(world.users.mmap(CLIENT, bytes(PAGE), SHARED)).toBe('-ENOMEM');
  });

  test('is torn down by an unbind, which a pin holds up until it goes', () => {
    const world = withPool();
    const [loose, pinned] = [4, 2].map((n) => world.users.mmap(CLIENT, bytes(n * PAGE), SHARED));
    world.users.pin(CLIENT, pinned as UserMapping, { peerPages: true, longTerm: false });
    world.unbind();
    world.run();
    expect(world.removals[0]).toEqual({ from: 0, to: null, references: 6, afterMappings: 2 });
    expect((loose as UserMapping).mapped).toBe(false);
    expect(world.users.pin(CLIENT, loose as UserMapping, { peerPages: true, longTerm: false })).toBe(
      '-EFAULT',
    );
    world.users.unpin(CLIENT, pinned as UserMapping);
    world.run();
    expect(world.provider.state).toBe('unbound');
  });

  test('gives its pages back once, whether the pin or the mapping goes first', () => {
    const world = withPool();
    const mapping = world.users.mmap(CLIENT, bytes(2 * PAGE), SHARED) as UserMapping;
    world.users.pin(CLIENT, mapping, { peerPages: true, longTerm: false });
    world.users.unpin(CLIENT, mapping);
    expect(world.provider.references).toBe(2);
    world.users.munmap(CLIENT, mapping);
    expect(world.provider.references).toBe(0);
    expect(world.provider.available).toBe(2 * MIB);
    expect(() => world.users.munmap(CLIENT, mapping)).toThrow(RangeError);
    expect(() => world.users.unpin(CLIENT, mapping)).toThrow(RangeError);
  });
});
