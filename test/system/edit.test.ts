import { describe, expect, it } from 'vitest';
import { loadSystem } from '../../src/node/load-system.ts';
import { setAcsControl, setIommu, setLink, withoutRedirect, withRedirect } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';

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

  it('sets the mode of the IOMMU', () => {
    expect(setIommu(flat, 'translate').iommu).toEqual({ mode: 'translate', pageBytes: 4096 });
  });

  it('refuses unknown names', () => {
    expect(() => withRedirect(flat, ['sw9.d0'])).toThrow(RangeError);
    expect(() => setLink(flat, 'sw9', { generation: 1, width: 1 })).toThrow(RangeError);
  });
});
