import { describe, expect, it } from 'vitest';
import { listParts, loadPart } from '../../src/node/load-part.ts';
import { listSystems, loadSystem } from '../../src/node/load-system.ts';

/** A source that names notes or a list which are not published. */
const ofPrivateNotes = (source: string): boolean =>
  /\((mechanisms|pcie-facts|parameters|validation|kernel-p2pdma),|\brows? \d/.test(source);

describe('the parts of this package', () => {
  it.each(listParts())('%s states or inherits each number with a kind and a source', (name) => {
    const part = loadPart(name);
    expect(part.name).toBe(name);
    expect(part.about).not.toBe('');
    for (const { path, text, source } of part.provenance) {
      expect(text, path).not.toBe('');
      expect(source.length, path).toBeGreaterThan(10);
    }
    expect(Object.isFrozen(part.port.credits.posted)).toBe(true);
  });

  it('have a generic one of each kind, because systems need not name parts', () => {
    for (const kind of ['cpu', 'switch', 'gpu', 'nic', 'nvme', 'cxl', 'fpga', 'other']) {
      expect(loadPart(`${kind}/generic`).kind).toBe(kind);
    }
  });

  it('show where an inherited number comes from, and which rows it was fixed from', () => {
    const { provenance } = loadPart('gpu/nvidia/rtx-5090');
    const of = (path: string) => provenance.find((each) => each.path === path);
    expect(of('dma.tags')?.source).toMatch(/8-bit tags.* \[from other\/generic\]$/);
    expect(of('dma.tags')?.fixedBy).toEqual([]);
    expect(of('completer.latency')?.fixedBy).toContain('wrx90-2sw-flat#053');
    const [own] = loadPart('gpu/nvidia/rtx-pro-6000').provenance.filter(({ path }) => path === 'dma.mps');
    expect(own?.source).not.toContain('[from');
  });

  it('take neither models nor families from the part that they are like', () => {
    expect(loadPart('cpu/amd/threadripper-pro-7955wx').models).toEqual(['Threadripper PRO 7955WX']);
    expect(loadPart('gpu/nvidia/rtx-pro-6000-256b').models).toEqual([]);
    expect(loadPart('cpu/amd/epyc-9575f')).toMatchObject({ families: [] });
    expect(loadPart('cpu/amd/epyc-turin-generic')).toMatchObject({ families: ['zen5'] });
  });

  it.each(listParts())('%s names sources that anyone can look up', (name) => {
    const own = loadPart(name).provenance.filter(({ source }) => !source.endsWith(']'));
    expect(own.filter(({ source }) => ofPrivateNotes(source))).toEqual([]);
  });

  it('tell a source in private notes from one that anyone can look up', () => {
    expect(ofPrivateNotes('Gen4 x16 both ways (mechanisms, section 2)')).toBe(true);
    expect(ofPrivateNotes('lspci of servers (pcie-facts, sections 1 and 2)')).toBe(true);
    expect(ofPrivateNotes('row 053 of the list')).toBe(true);
    expect(ofPrivateNotes('AMD PG213, section 2')).toBe(false);
  });
});

describe('the systems of this package', () => {
  it.each(listSystems())('%s is read, says where it comes from, and is frozen', (name) => {
    const system = loadSystem(name);
    expect(system.name).toBe(name);
    expect(system.about).toMatch(/Source: |Hypothetical: /);
    expect(Object.isFrozen(system.nodes)).toBe(true);
    for (const node of Object.values(system.nodes)) expect(Object.isFrozen(node), node.id).toBe(true);
  });

  it('are plain data: the same after a way through JSON', () => {
    const system = loadSystem('asus-esc8000a-e13p');
    expect(JSON.parse(JSON.stringify(system))).toEqual(system);
  });
});
