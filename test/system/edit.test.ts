import { describe, expect, it } from 'vitest';
import { loadSystem } from '../../src/node/load-system.ts';
import {
  setAcsControl,
  setIommu,
  setLink,
  withBitErrorRate,
  withDestinationChange,
  withoutRedirect,
  withRedirect,
} from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, picoseconds } from '../../src/units.ts';

const flat = loadSystem('wrx90-2sw-flat');
const controls = (system: System, ...ids: readonly string[]) =>
  ids.map((id) => system.nodes[id]?.acs?.control);

describe('an edit of a system', () => {
  it('leaves the original as it was and freezes the result', () => {
    const before = JSON.stringify(flat);
    const edited = withRedirect(flat, 'all');
    expect(JSON.stringify(flat)).toBe(before);
    expect(Object.isFrozen(edited.nodes['sw1.d0']?.acs)).toBe(true);
    expect(Object.keys(edited.nodes)).toEqual(Object.keys(flat.nodes));
  });

  it('redirects named ports or all, and takes it back', () => {
    const some = withRedirect(flat, ['sw1.d0', 'rp20']);
    expect(controls(some, 'sw1.d0', 'rp20', 'sw1.d1')).toEqual([0x1d, 0x1d, 0]);
    const all = withRedirect(flat, 'all');
    expect(controls(all, 'rp40', 'sw2.d3', 'sw2', 'gpu7')).toEqual([0x1d, 0x1d, undefined, undefined]);
    expect(withoutRedirect(all)).toEqual(flat);
    expect(controls(withoutRedirect(all, ['rp40']), 'rp40', 'sw2.d3')).toEqual([0, 0x1d]);
  });

  it('sets control bits that are implemented, and refuses others', () => {
    expect(controls(setAcsControl(flat, ['sw1.d0'], 0x55), 'sw1.d0', 'sw1.d1')).toEqual([0x55, 0]);
    expect(() => setAcsControl(flat, ['sw1.d0'], 0x20)).toThrow(
      /0x20 has bits that are not in the capability 0x5f/,
    );
    expect(() => setAcsControl(flat, ['gpu0'], 0)).toThrow('gpu0 has no ACS capability');
  });

  it('changes the speed of a link by the name of its port or of its child', () => {
    const slow = { generation: 2, width: 16 } as const;
    const edited = setLink(flat, 'sw1', slow);
    expect(edited.nodes['rp20']).toMatchObject({ link: { capability: { generation: 5 }, current: slow } });
    expect(setLink(flat, 'rp20', slow)).toEqual(edited);
    expect(setLink(edited, 'rp20', { generation: 5, width: 16 })).toEqual(flat);
  });

  it('does not let a link run above its capability', () => {
    const tinybox = loadSystem('tinybox-6x4090');
    expect(() => setLink(tinybox, 'gpu0', { generation: 5, width: 16 })).toThrow(RangeError);
  });

  it('gives a link bit errors, which it keeps at another speed', () => {
    const bad = withBitErrorRate(flat, 'sw1', 1e-7);
    expect(bad.nodes['rp20']).toMatchObject({ link: { bitErrorRate: 1e-7 } });
    expect(withBitErrorRate(bad, 'rp20', 0)).toEqual(flat);
    const slow = setLink(bad, 'rp20', { generation: 2, width: 16 });
    expect(slow.nodes['rp20']).toMatchObject({ link: { bitErrorRate: 1e-7, current: { generation: 2 } } });
  });

  it.each([-1e-12, 1.1e-4, Number.NaN])('refuses a bit-error rate of %f', (rate) => {
    expect(() => withBitErrorRate(flat, 'rp20', rate)).toThrow(RangeError);
    expect(() => withBitErrorRate(flat, 'rp20', 1e-4)).not.toThrow();
  });

  it('sets the time between writes that leave by different root ports, in all CPUs', () => {
    const turin = loadSystem('turin-dual-direct');
    const edited = withDestinationChange(turin, picoseconds(100_000));
    expect(edited.sockets.map(({ part }) => part.destinationChange)).toEqual([100_000, 100_000]);
    expect(withDestinationChange(edited, picoseconds(0))).toEqual(turin);
  });

  it('sets the mode of the IOMMU and the size of its pages', () => {
    expect(setIommu(flat, 'translate').iommu).toEqual({ mode: 'translate', pageBytes: 4096 });
    const huge = setIommu(flat, 'translate', bytes(2 ** 21));
    expect(huge.iommu).toEqual({ mode: 'translate', pageBytes: 2 ** 21 });
    expect(setIommu(huge, 'off').iommu.pageBytes).toBe(2 ** 21);
  });

  it('refuses unknown names', () => {
    expect(() => withRedirect(flat, ['sw9.d0'])).toThrow(RangeError);
    expect(() => setLink(flat, 'sw9', { generation: 1, width: 1 })).toThrow(RangeError);
    expect(() => withBitErrorRate(flat, 'sw9', 0)).toThrow(RangeError);
  });
});
