import { expect, it } from 'vitest';
import { usableTags } from '../../src/pcie/tags.ts';

/** pcie-facts, section 2 (tags). */
it.each([
  [5, 32],
  [8, 256],
  [10, 768],
] as const)('a requester with tags of %i bits has %i reads outstanding at most', (bits, tags) => {
  expect(usableTags(bits)).toBe(tags);
});
