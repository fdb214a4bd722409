import { describe, expect, test } from 'vitest';
import { PagesInvariantError } from '../../../src/dma/pages/pages-trace.ts';
import { CLIENT, DRIVER, withPool } from './pages-world.ts';

describe('whoever breaks an invariant of paged memory is told which, and by which steps', () => {
  test('P1: a user page that is dropped, but was never mapped', () => {
    const world = withPool();
    const { map } = world.allocated(1);
    expect(() => world.provider.dropUserPage(CLIENT, map, 0)).toThrow(/^P1/);
  });

  test('P3: a block that is freed twice', () => {
    const world = withPool();
    const block = world.allocated(2);
    world.provider.free(CLIENT, block);
    expect(() => world.provider.free(CLIENT, block)).toThrow(/^P3/);
  });

  test('P3: a user page that is given back twice', () => {
    const world = withPool();
    const { map } = world.allocated(1);
    expect(() => world.provider.dropUserPage(CLIENT, map, 5)).toThrow(/^P3/);
  });

  test('P4: a request of a client that has allocated nothing', () => {
    const world = withPool();
    world.provider.alloc(DRIVER, 1 as never);
    expect(() => world.provider.touched(CLIENT, 0)).toThrow(/^P4.*nothing/);
  });

  test('P4: a last block that is freed while a request is still on its way', () => {
    const world = withPool();
    const [first, last] = [world.allocated(1), world.allocated(1)];
    world.provider.touched(CLIENT, 1000);
    world.provider.free(CLIENT, first);
    expect(() => world.provider.free(CLIENT, last)).toThrow(/^P4/);
  });

  test('P4: a request after the unbind has returned', () => {
    const world = withPool();
    world.unbind();
    world.run();
    expect(() => world.provider.touched(CLIENT, 0)).toThrow(/^P4.*after the unbind/);
  });

  test('P6: an unbind that ends with a reference', () => {
    const world = withPool();
    world.allocated(1);
    world.provider.beginUnbind(DRIVER);
    expect(() => world.provider.endUnbind(DRIVER)).toThrow(/^P6.*1 references/);
  });

  test('and the steps are in the message, the last one last', () => {
    const world = withPool();
    const block = world.allocated(2);
    world.provider.free(CLIENT, block);
    try {
      world.provider.free(CLIENT, block);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PagesInvariantError);
      const { trace, message } = error as PagesInvariantError;
      expect(trace.slice(1)).toEqual([
        '0.000 us client allocates 8192 B',
        '0.000 us client frees 2 pages',
        '0.000 us client frees 2 pages',
      ]);
      expect(message).toContain('\n  0.000 us client allocates 8192 B');
    }
  });
});
