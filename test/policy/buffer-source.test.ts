import { describe, expect, test } from 'vitest';
import { BUFFER_SOURCES, bufferSource } from '../../src/policy/buffer-source.ts';
import { allocateMmap } from '../../src/policy/buffer-source-mmap.ts';

const allowed = (backing: 'paged' | 'pageless') =>
  BUFFER_SOURCES.filter((source) => bufferSource(source, backing).allowed);

const reason = (source: (typeof BUFFER_SOURCES)[number], backing: 'paged' | 'pageless'): string => {
  const answer = bufferSource(source, backing);
  return answer.allowed ? 'allowed' : answer.reason;
};

describe("a buffer in a peer's memory", () => {
  test('with pages is used by block I/O, nvmet, scatterlists and shared mappings', () => {
    expect(allowed('paged')).toEqual([
      'O_DIRECT',
      'nvmet',
      'block layer',
      'scatterlist',
      'shared mmap of sysfs allocate',
      'DMABUF',
    ]);
  });

  test('without pages is used by DMABUF alone', () => expect(allowed('pageless')).toEqual(['DMABUF']));

  test.each(['paged', 'pageless'] as const)('that is %s is never touched by the CPU', (backing) => {
    expect(reason('CPU memcpy', backing)).toContain('cache coherent');
    expect(reason('read() and write()', backing)).toContain('copy by the CPU');
  });

  test('with pages goes to O_DIRECT with FOLL_PCI_P2PDMA, but is never pinned for long', () => {
    expect(bufferSource('O_DIRECT', 'paged')).toEqual({ allowed: true, condition: 'with FOLL_PCI_P2PDMA' });
    expect(reason('O_DIRECT with FOLL_LONGTERM', 'paged')).toMatch(/^FOLL_LONGTERM .* unbinding waits$/);
  });

  test('is refused with a reason each time', () => {
    const refused = (['paged', 'pageless'] as const).flatMap((backing) =>
      BUFFER_SOURCES.map((source) => bufferSource(source, backing)).filter((answer) => !answer.allowed),
    );
    expect(refused).toHaveLength(13);
    for (const answer of refused) expect(answer).toMatchObject({ reason: expect.stringMatching(/\w \w/) });
  });
});

describe('an mmap of p2pmem/allocate', () => {
  test('works shared at offset 0', () =>
    expect(allocateMmap({ shared: true, offset: 0 }).allowed).toBe(true));

  test.each([
    [{ shared: true, offset: 4096 }, 'offset 4096'],
    [{ shared: false, offset: 0 }, 'private'],
    [{ shared: false, offset: 4096 }, 'private'],
  ])('%j is -EINVAL', (mmap, why) => {
    expect(allocateMmap(mmap)).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(new RegExp(`^-EINVAL: .*${why}`)),
    });
  });
});
