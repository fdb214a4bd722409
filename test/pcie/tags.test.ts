import { expect, it } from 'vitest';
import { usableTags } from '../../src/pcie/tags.ts';

/** pcie-facts, section 2 (tags); with 14 bits assumed: those whose upper four bits are clear are left out. */
it.each([
  [5, 32],
  [8, 256],
  [10, 768],
  [14, 15_360],
] as const)('a requester with tags of %i bits has %i reads outstanding at most', (bits, tags) => {
  expect(usableTags(bits)).toBe(tags);
});
