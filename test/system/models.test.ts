import { describe, expect, it } from 'vitest';
import { listParts, loadPart } from '../../src/node/load-part.ts';
import { listSystems, loadSystem } from '../../src/node/load-system.ts';

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

  it('show where an inherited number comes from', () => {
    const { provenance } = loadPart('gpu/nvidia/rtx-pro-6000');
    const of = (path: string): string | undefined => provenance.find((each) => each.path === path)?.source;
    expect(of('dma.tags')).toBe('8-bit tags, suggested default (pcie-facts, section 5) [from other/generic]');
    expect(of('dma.mps')).not.toContain('[from');
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
