import { describe, expect, it } from 'vitest';
import type { AtsPlaces } from '../../src/dma/destinations.ts';
import { type Ask, TranslationCache } from '../../src/dma/translation-cache.ts';
import { bytes } from '../../src/units.ts';

const places: AtsPlaces = {
  pages: { bytes: bytes(4096), first: 0 },
  requestWay: 0,
  answerWay: 0,
  agent: 0,
  agentPort: 0,
};
const ask = (page: number, flow = 0): Ask => ({ flow, page, places, validFrom: Infinity, waiting: [] });

function cacheOf(entries: number, ...asks: readonly Ask[]): TranslationCache {
  const cache = new TranslationCache(entries);
  for (const each of asks) cache.add(each);
  return cache;
}

const kept = (cache: TranslationCache, ...pages: readonly number[]) =>
  pages.filter((page) => cache.use(page) !== undefined);

describe('a cache of translations', () => {
  it('replaces the one used least recently, also one that is only asked for', () => {
    expect(kept(cacheOf(2, ask(1), ask(2), ask(3)), 1, 2, 3)).toEqual([2, 3]);
  });

  it('counts a look as a use', () => {
    const cache = cacheOf(2, ask(1), ask(2));
    cache.use(1);
    cache.add(ask(3));
    expect(kept(cache, 1, 2, 3)).toEqual([1, 3]);
  });

  it('forgets those of one flow', () => {
    const cache = cacheOf(4, ask(1), ask(2, 1), ask(3));
    cache.forget(0);
    expect(kept(cache, 1, 2, 3)).toEqual([2]);
  });
});
