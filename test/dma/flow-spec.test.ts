import { describe, expect, it } from 'vitest';
import { flowSpec, rolesOf, transferTo } from '../../src/dma/flow-spec.ts';
import { bytes, bytesPerSecond, picoseconds } from '../../src/units.ts';

const COPY = { from: ['gpu0'], to: ['gpu1'], size: bytes(65_536) };

describe('a flow', () => {
  it('is one write at a time from the start, strictly ordered and without end, unless it says otherwise', () => {
    expect(flowSpec(COPY)).toEqual({
      id: 'gpu0>gpu1',
      from: ['gpu0'],
      to: ['gpu1'],
      op: 'write',
      size: 65_536,
      region: null,
      access: 'sequential',
      cached: false,
      transfers: null,
      depth: 1,
      rate: null,
      asksKernel: true,
      driven: false,
      spread: 'transfer',
      start: 0,
      invalidateEvery: null,
      relaxedOrdering: false,
      idBasedOrdering: false,
    });
    const said = {
      ...COPY,
      id: 'there',
      op: 'read',
      region: bytes(1 << 20),
      access: 'random',
      cached: true,
      transfers: 3,
      depth: 4,
      rate: bytesPerSecond(1e9),
      asksKernel: false,
      driven: false,
      spread: 'request',
      start: picoseconds(5),
      invalidateEvery: picoseconds(7),
      relaxedOrdering: true,
      idBasedOrdering: true,
    } as const;
    expect(flowSpec(said)).toEqual(said);
  });

  it('of several ends is named after all of them', () => {
    expect(flowSpec({ ...COPY, to: ['gpu1', 'mem:s0'] }).id).toBe('gpu0>gpu1+mem:s0');
  });

  it('that writes is initiated by its source, one that reads by its destination', () => {
    const spread = flowSpec({ ...COPY, to: ['gpu1', 'gpu2'] });
    expect(rolesOf(spread)).toEqual({ initiator: 'gpu0', targets: ['gpu1', 'gpu2'] });
    const gather = flowSpec({ from: ['gpu1', 'gpu2'], to: ['gpu0'], size: bytes(64), op: 'read' });
    expect(rolesOf(gather)).toEqual({ initiator: 'gpu0', targets: ['gpu1', 'gpu2'] });
  });

  it('of several initiators, or of none, is a RangeError that says so', () => {
    const two = flowSpec({ from: ['gpu0', 'gpu1'], to: ['gpu2'], size: bytes(64) });
    expect(() => rolesOf(two)).toThrow(
      new RangeError('a write has one initiator, not [gpu0, gpu1]; make a flow for each'),
    );
    expect(() => rolesOf({ ...two, op: 'read', to: [] })).toThrow(
      new RangeError('a read has one initiator, not []; make a flow for each'),
    );
  });
});

describe('one transfer of a flow', () => {
  it('goes the way of the data, to the target that was drawn', () => {
    const write = flowSpec({ ...COPY, to: ['gpu1', 'gpu2'], depth: 3 });
    expect(transferTo(write, 'gpu2', 'BUS')).toEqual({
      op: 'write',
      from: 'gpu0',
      to: 'gpu2',
      size: 65_536,
      address: 'BUS',
      cached: false,
      relaxedOrdering: false,
      depth: 3,
    });
    const read = flowSpec({ ...COPY, op: 'read', from: ['gpu2', 'gpu3'] });
    expect(transferTo(read, 'gpu3', 'IOVA')).toMatchObject({ op: 'read', from: 'gpu3', to: 'gpu1' });
  });

  it('of an open load has no depth', () => {
    const open = flowSpec({ ...COPY, rate: bytesPerSecond(1e9), depth: 3 });
    expect(transferTo(open, 'gpu1', 'PHYS')).not.toHaveProperty('depth');
  });
});
