import { describe, expect, test } from 'vitest';
import { MIGRATE } from '../../../src/dma/life/dmabuf.ts';
import { BUS, DmabufWorld, EXPORTER, IMPORTER, IOVA } from '../../support/dmabuf-world.ts';

describe('a shared buffer does as in the lifecycle vectors', () => {
  test('L01: a static importer is refused by an exporter that has peer memory alone', () => {
    const world = new DmabufWorld('vfio');
    expect(world.attach({ peerToPeer: false, invalidate: null })).toBe('-EOPNOTSUPP');
    expect(world.buffer.attachments.size).toBe(0);
  });

  test('L02: an importer that pins and cannot be told is refused by VFIO', () => {
    expect(new DmabufWorld('vfio').attach({ invalidate: null })).toBe('-EOPNOTSUPP');
  });

  test('L03: an importer that can be told maps, and the exporter has two references', () => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached();
    expect(world.map(attachment)).toEqual({ place: 0, ...BUS });
    expect(attachment.state).toBe('mapped');
    expect(world.buffer.references).toBe(2);
  });

  test('L04: nobody attaches after a revoke', () => {
    const world = new DmabufWorld('vfio');
    world.revoke();
    world.buffer.secondWaitEnds(EXPORTER);
    expect(world.attach()).toBe('-ENODEV');
  });

  test('L05: nobody maps after a revoke', () => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached();
    world.revoke();
    expect(world.map(attachment)).toBe('-ENODEV');
    expect(world.buffer.references).toBe(0);
  });

  test('L07: after an un-revoke the buffer is mapped again', () => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached();
    world.revoke();
    world.buffer.secondWaitEnds(EXPORTER);
    world.locked(EXPORTER, () => world.buffer.restore(EXPORTER));
    expect(world.map(attachment)).toEqual({ place: 0, ...BUS });
    expect(world.buffer.references).toBe(2);
  });

  test('L08: when the exporter has gone, nobody maps or attaches', () => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached();
    world.map(attachment);
    world.revoke();
    world.unmap(attachment);
    world.buffer.secondWaitEnds(EXPORTER);
    world.buffer.freeProvider(EXPORTER);
    expect(world.buffer.state).toBe('dead');
    expect(world.map(attachment)).toBe('-ENODEV');
    expect(world.attach()).toBe('-ENODEV');
  });

  test('L09: after a move the second mapping may be of another kind', () => {
    const world = new DmabufWorld('gpu');
    const attachment = world.attached();
    expect(world.map(attachment)).toMatchObject({ address: 'BUS' });
    world.locked(EXPORTER, () => {
      world.buffer.invalidated(EXPORTER);
      world.buffer.firstWaitEnds(EXPORTER);
      world.buffer.moved(EXPORTER, 1);
    });
    world.unmap(attachment);
    expect(world.map(attachment)).toEqual({ place: 1, ...IOVA });
  });

  test('L10: a pin keeps the memory where it is', () => {
    const world = new DmabufWorld('gpu');
    const attachment = world.attached();
    expect(world.locked(IMPORTER, () => world.buffer.pin(IMPORTER, attachment))).toBeNull();
    expect(world.buffer.isPinned).toBe(true);
    expect(() => world.locked(EXPORTER, () => world.buffer.moved(EXPORTER, 1))).toThrow(/^I5/);
  });

  test('L11: a pair that the kernel refuses does not map, and takes no reference', () => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached({ reaches: [null, IOVA] });
    expect(world.map(attachment)).toBe('-EINVAL');
    expect(world.buffer.references).toBe(1);
  });

  test('L12: where its peer memory cannot be reached, a GPU exporter falls back to the system', () => {
    const world = new DmabufWorld('gpu');
    const attachment = world.attached({ reaches: [null, IOVA] });
    expect(attachment.peerToPeer).toBe(false);
    expect(world.map(attachment)).toBe(MIGRATE);
    world.locked(EXPORTER, () => world.buffer.moved(EXPORTER, 1));
    expect(world.map(attachment)).toEqual({ place: 1, ...IOVA });
  });

  test('L12: and fails where the memory cannot move, being pinned', () => {
    const world = new DmabufWorld('gpu');
    const [near, far] = [world.attached(), world.attached({ reaches: [null, IOVA] })];
    near.pinned = true;
    expect(world.map(far)).toBe('-EOPNOTSUPP');
  });
});

test('an exporter for which nothing can be pinned says so', () => {
  const world = new DmabufWorld('uverbs');
  const attachment = world.attached();
  expect(world.locked(IMPORTER, () => world.buffer.pin(IMPORTER, attachment))).toBe('-EOPNOTSUPP');
});

test('a GPU pins its own memory only where all attachments can reach it', () => {
  const world = new DmabufWorld('gpu');
  const attachment = world.attached();
  world.attached({ peerToPeer: false, invalidate: null });
  expect(world.locked(IMPORTER, () => world.buffer.pin(IMPORTER, attachment))).toBe(MIGRATE);
});
