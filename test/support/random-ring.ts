import * as fc from 'fast-check';
import { type RingSpec, ringSpec } from '../../src/dma/ring/ring-spec.ts';
import { endpoints } from '../../src/system/ancestry.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { randomRun } from './measured-random.ts';

/** A machine with any sane numbers in its parts, and a ring over some of its devices in any order. */
export interface RandomRing {
  readonly system: System;
  readonly ring: RingSpec;
  readonly seed: string;
}

const wish = fc.record({
  keys: fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
  most: fc.integer({ min: 2, max: 8 }),
  size: fc.constantFrom(4, 100, 1000, 4096, 12_345, 65_536, 100_000),
  iterations: fc.integer({ min: 1, max: 3 }),
  op: fc.constantFrom('write' as const, 'read' as const),
  slots: fc.integer({ min: 2, max: 9 }),
  slice: fc.constantFrom(4, 256, 1000, 4096),
});

/** The system's devices in an order that the keys give, at most so many. */
function chosen(system: System, keys: readonly number[], most: number): readonly string[] {
  return endpoints(system)
    .map(({ id }, i) => ({ id, key: keys[i % keys.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .slice(0, most)
    .map(({ id }) => id);
}

/** Rings of two to eight devices that do not ask the kernel, with few and many slots, of sizes that divide or do not. */
export const randomRing: fc.Arbitrary<RandomRing> = fc
  .record({ run: randomRun, wish })
  .filter(({ run: { system } }) => endpoints(system).length >= 2)
  .map(({ run: { system, seed }, wish: { keys, most, size, slice, ...wished } }) => {
    // a slice of 4 B each would be many, and slow
    const least = Math.max(slice, Math.ceil(size / 256));
    const ring = ringSpec({
      id: 'r',
      devices: chosen(system, keys, most),
      size: bytes(size),
      buffer: bytes(least * wished.slots),
      asksKernel: false,
      ...wished,
    });
    return { [fc.toStringMethod]: () => JSON.stringify({ ring, seed }), system, ring, seed };
  });
