import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/node/load-part.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { parseSystem } from '../../src/system/parse-system.ts';
import type { SystemNode } from '../../src/system/system.ts';

const GOOD = join(import.meta.dirname, '../fixtures/systems/good');
const everyKey = loadSystem(join(GOOD, 'every-key.yaml'));

/** A system with its parts by name alone. */
const withoutNumbers = (value: unknown): string =>
  JSON.stringify(value, (key, each) => (key === 'part' ? (each as { name: string }).name : each), 2);

const control = (id: string): string | undefined => {
  const acs = everyKey.nodes[id]?.acs;
  return acs ? `0x${acs.control.toString(16)}` : undefined;
};

function parse(rootPort: string): Readonly<Record<string, SystemNode>> {
  const head = 'system: s\nsockets: [{ id: s0, host_bridges: [{ id: hb0, root_ports: [';
  return parseSystem(`${head}${rootPort}] }] }]`, 's.yaml', (name) => loadPart(name)).nodes;
}

describe('a system file', () => {
  it('is as the contract shows it', () => {
    const example = loadSystem(join(GOOD, 'design-example.yaml'));
    expect(Object.keys(example.nodes)).toEqual(['rp20', 'sw1', 'sw1.d0', 'gpu0']);
    expect(example.kernel).toBe('linux-7.3');
  });

  it('may name parts by files beside it, which may be like parts beside them', () => {
    const own = loadSystem(join(GOOD, 'own-parts.yaml'));
    expect(own.sockets[0]?.part).toMatchObject({ name: 'cpu/my-own', family: 0x19 });
    expect(own.nodes['gpu0']).toMatchObject({ part: { name: 'gpu/my-own', dma: { tags: 768, mps: 128 } } });
  });

  it('with each key becomes this system', async () => {
    await expect(`${withoutNumbers(everyKey)}\n`).toMatchFileSnapshot(join(GOOD, 'every-key.json'));
  });

  it('lists nodes in tree order: a port, what hangs there, the next port', () => {
    expect(Object.keys(loadSystem('wrx90-2sw-flat').nodes).slice(0, 6).join(' ')).toBe(
      'rp20 sw1 sw1.d0 gpu0 sw1.d1 gpu1',
    );
  });

  it('lists the functions of a root bus by address, as Linux finds them, the host bridge itself first', () => {
    expect(everyKey.hostBridges[0]?.rootBus).toEqual(['hb0.device', 'rp0', 'dsa', 'rp1']);
    expect(everyKey.nodes['hb0.device']).toMatchObject({
      bdf: '10000:e2:00.0',
      vendor: 0x8086,
      device: 0x09a2,
    });
  });

  it('needs nothing but links and kinds', () => {
    const { rp0, gpu0 } = parse('{ id: rp0, link: { gen: 5, width: 16 }, child: { kind: gpu, id: gpu0 } }');
    expect(rp0?.acs).toEqual({ capability: 0x5f, control: 0 });
    expect(gpu0).toMatchObject({
      acs: null,
      bdf: null,
      mps: null,
      physicalFunction: null,
      part: { name: 'gpu/generic' },
    });
  });

  it('has its links at full speed unless it says otherwise', () => {
    const { rp0 } = parse('{ id: rp0, link: { gen: 5, width: 16 } }');
    const speed = { generation: 5, width: 16 };
    expect(rp0).toMatchObject({ link: { capability: speed, current: speed } });
  });
});

describe('redirect in a system file', () => {
  it('sets SV, RR, CR and UF in the named ports and leaves the others off', () => {
    expect([control('rp0'), control('cardless.d0'), control('cardless.d1')]).toEqual(['0x1d', '0x1d', '0x0']);
  });

  it('at a switch goes for its ports, also where the system would say otherwise', () => {
    expect([control('vs0.d0'), control('named')]).toEqual(['0x1d', '0x1d']);
  });

  it('does not touch a port that states its registers, and knows ports without ACS', () => {
    expect([control('rp1'), control('vs0.d3')]).toEqual(['0x1', '0x24']);
    expect([everyKey.nodes['rp3']?.acs, everyKey.nodes['vs0.d2']?.acs]).toEqual([null, null]);
  });

  it('all means every port that has ACS, but not the upstream port of a switch nor an endpoint', () => {
    const port = '{ link: { gen: 5, width: 16 }, child: { kind: gpu, id: gpu0, acs: { control: 0 } } }';
    const child = `{ kind: switch, id: sw, acs: { redirect: all }, ports: [${port}] }`;
    const nodes = parse(`{ id: rp0, link: { gen: 5, width: 16 }, child: ${child} }`);
    expect(['rp0', 'sw', 'sw.d0', 'gpu0'].map((id) => nodes[id]?.acs?.control)).toEqual([
      0,
      undefined,
      0x1d,
      0,
    ]);
  });
});

describe('several functions of one device', () => {
  it('share the port above, and take kind and part of the first unless they say otherwise', () => {
    expect(everyKey.nodes['nic0.f1']).toMatchObject({
      parent: 'vs0.d0',
      deviceKind: 'nic',
      bdf: '0000:03:00.1',
    });
    expect(everyKey.nodes['dpu']).toMatchObject({ deviceKind: 'other', part: { name: 'other/generic' } });
  });

  it('as virtual functions name the physical one', () => {
    const virtual = ['nic0.vf0', 'nic0.vf1', 'vf'].map((id) => everyKey.nodes[id]);
    expect(virtual.map((node) => node && 'physicalFunction' in node && node.physicalFunction)).toEqual([
      'nic0',
      'nic0',
      'dpu',
    ]);
  });
});
