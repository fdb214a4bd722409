import { describe, expect, test } from 'vitest';
import { Attachment } from '../../../src/dma/life/attachment.ts';
import { DEVICE_PLACE } from '../../../src/dma/life/dmabuf.ts';
import { InvariantError } from '../../../src/dma/life/life-trace.ts';
import { BUS, DmabufWorld, EXPORTER, IMPORTER } from '../../support/dmabuf-world.ts';

/** A buffer of VFIO that an importer has mapped. */
function mapped() {
  const world = new DmabufWorld('vfio');
  const attachment = world.attached();
  world.map(attachment);
  return { world, attachment };
}

const LATER = 1000;

describe('whoever breaks an invariant is told which, and by which steps', () => {
  test('I1: a mapping that appears between the revocation and the end of its references', () => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached();
    world.locked(EXPORTER, () => world.buffer.setRevoked(EXPORTER));
    attachment.mapping = { place: DEVICE_PLACE, ...BUS };
    expect(() => world.buffer.dropOwnReference(EXPORTER)).toThrow(/^I1 /);
  });

  test('I2: a request after the mapping has gone', () => {
    const { world, attachment } = mapped();
    world.unmap(attachment);
    expect(() => attachment.touched(false, LATER)).toThrow(/^I2/);
  });

  test('I2: an unmap while a request is still on its way', () => {
    const { world, attachment } = mapped();
    attachment.touched(false, LATER);
    expect(() => world.unmap(attachment)).toThrow(/^I2/);
  });

  test('I3: a write between the first wait and the unmap, where reads are still allowed', () => {
    const { world, attachment } = mapped();
    world.revoke();
    attachment.touched(false, LATER);
    expect(() => attachment.touched(true, LATER)).toThrow(/^I3/);
  });

  test('I3: a first wait that ends while a write is still on its way', () => {
    const { world, attachment } = mapped();
    attachment.touched(true, LATER);
    expect(() => world.revoke()).toThrow(/^I3/);
  });

  test('I4: a second wait that ends with a mapping', () => {
    const { world } = mapped();
    world.revoke();
    expect(() => world.buffer.secondWaitEnds(EXPORTER)).toThrow(/^I4/);
  });

  test('I4: a reference that is dropped twice', () => {
    const { world } = mapped();
    world.revoke();
    expect(() => world.buffer.dropOwnReference(EXPORTER)).toThrow(/^I4/);
  });

  test('I5: pinned memory that moves', () => {
    const world = new DmabufWorld('gpu');
    world.attached().pinned = true;
    expect(() => world.locked(EXPORTER, () => world.buffer.moved(EXPORTER, 1))).toThrow(/^I5/);
  });

  test.each(['map', 'unmap', 'pin', 'unpin'] as const)('I6: %s without the reservation lock', (verb) => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached();
    if (verb === 'unmap') world.map(attachment);
    expect(() => world.buffer[verb](IMPORTER, attachment)).toThrow(/^I6/);
  });

  test('I6: an invalidate without the reservation lock', () => {
    const { world } = mapped();
    expect(() => world.buffer.invalidated(EXPORTER)).toThrow(/^I6/);
  });

  test('I6: attaching and detaching with the reservation lock', () => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached();
    expect(() => world.locked(IMPORTER, () => world.attach())).toThrow(/^I6/);
    expect(() => world.locked(IMPORTER, () => world.buffer.detach(attachment))).toThrow(/^I6/);
  });

  test('I7: a provider that goes before its mappings', () => {
    const { world } = mapped();
    world.revoke();
    expect(() => world.buffer.freeProvider(EXPORTER)).toThrow(/^I7/);
  });

  test('I8: a revocation that somebody who has attached cannot be told of', () => {
    const { world } = mapped();
    const request = { importer: IMPORTER, peerToPeer: true, invalidate: null, reaches: [BUS] };
    world.buffer.attachments.add(new Attachment(request, world.buffer.trace));
    expect(() => world.revoke()).toThrow(/^I8/);
  });

  test('I9: an unmap too many, a map too early, and none at all', () => {
    const { world, attachment } = mapped();
    expect(() => world.map(attachment)).toThrow(/^I9/);
    expect(() => world.buffer.detach(attachment)).toThrow(/^I9/);
    world.unmap(attachment);
    expect(() => world.unmap(attachment)).toThrow(/^I9/);
  });

  test('I10: a bus address that owns an IOVA', () => {
    const world = new DmabufWorld('vfio');
    const attachment = world.attached({ reaches: [{ address: 'BUS', ownsIova: true }] });
    expect(() => world.map(attachment)).toThrow(/^I10/);
  });

  test('and the steps are in the message, the last one last', () => {
    const { attachment } = mapped();
    attachment.touched(false, LATER);
    try {
      attachment.checkQuiet(0, 'requests');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InvariantError);
      expect((error as InvariantError).trace).toEqual([
        '0.000 us importer attaches',
        '0.000 us importer maps',
      ]);
      expect((error as InvariantError).message).toContain('\n  0.000 us importer maps');
    }
  });
});
