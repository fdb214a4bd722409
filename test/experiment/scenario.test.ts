import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/experiment/parse-scenario.ts';
import { resolveScenario } from '../../src/experiment/resolve-scenario.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadSystem } from '../../src/node/load-system.ts';

const system = loadSystem('wrx90-2sw-flat');
const profile = loadKernelProfile();

const request = (text: string, seed?: string) =>
  resolveScenario(parseScenario(text, 's.yaml'), {
    system,
    profile,
    ...(seed === undefined ? {} : { seed }),
  });

const HEAD = 'scenario: s\nsystem: wrx90-2sw-flat\n';
const FLOW = '{ from: gpu0, to: gpu1, size: 64 KiB }';
const flows = (...entries: readonly string[]): string => `${HEAD}flows: [${entries.join(', ')}]\n`;
const controls = (text: string, ...ids: readonly string[]) =>
  ids.map((id) => request(text).system.nodes[id]?.acs?.control);

describe('a scenario', () => {
  it('with each key becomes this request', () => {
    const file = join(import.meta.dirname, '../fixtures/scenarios/good/every-key.yaml');
    const { flows: specs, seed, until } = request(readFileSync(file, 'utf8'));
    expect([seed, until]).toEqual(['seven', 40_000_000]);
    expect(specs[0]).toEqual({
      id: 'closed',
      from: ['gpu0'],
      to: ['gpu1', 'gpu2'],
      op: 'write',
      size: 65536,
      region: 1048576,
      access: 'random',
      cached: false,
      transfers: 6,
      depth: 2,
      rate: null,
      asksKernel: true,
      driven: false,
      spread: 'request',
      start: 2_000_000,
      invalidateEvery: 20_000_000,
      relaxedOrdering: false,
      idBasedOrdering: true,
    });
    expect(specs[1]).toMatchObject({
      id: 'mem:s0>gpu3',
      op: 'read',
      rate: 2e9,
      transfers: null,
      relaxedOrdering: true,
    });
  });

  it('needs nothing but a system and ends with a size', () => {
    const { flows: specs, seed, until } = request(flows(FLOW));
    expect([seed, until]).toEqual(['1', null]);
    expect(specs).toMatchObject([
      { id: 'gpu0>gpu1', op: 'write', transfers: 1, depth: 1, rate: null, start: 0 },
    ]);
  });

  it('that ends by delivery makes as many transfers as are under way at a time', () => {
    expect(request(flows('{ from: gpu0, to: gpu1, size: 1 MiB, depth: 32 }')).flows[0]?.transfers).toBe(32);
  });

  it('that ends at a time makes as many transfers as that allows', () => {
    expect(request(`${flows(FLOW)}until: { time: 1 ms }\n`).flows[0]?.transfers).toBeNull();
  });

  it('tells flows without an id apart by a number', () => {
    expect(request(flows(FLOW, FLOW, FLOW)).flows.map(({ id }) => id)).toEqual([
      'gpu0>gpu1',
      'gpu0>gpu1#2',
      'gpu0>gpu1#3',
    ]);
  });

  it('has the same seed whether it is written as a number or as text', () => {
    expect(request(`seed: 7\n${flows(FLOW)}`).seed).toBe(request(`seed: "7"\n${flows(FLOW)}`).seed);
    expect(request(`seed: 7\n${flows(FLOW)}`, '8').seed).toBe('8');
  });
});

const staged = (more: string) => request(flows(`{ from: gpu0, to: gpu4, size: 3 MiB, ${more} }`)).staged?.[0];

describe('a flow staged through memory', () => {
  it('has two buffers of 512 KiB in the memory of its source unless it says otherwise, which is told', () => {
    expect(staged('via: mem')).toEqual({
      id: 'gpu0>gpu4',
      from: 'gpu0',
      to: 'gpu4',
      via: 'mem:s0',
      size: 3145728,
      chunk: 524288,
      buffers: 2,
      transfers: 1,
      depth: 1,
      start: 0,
      cached: false,
      relaxedOrdering: false,
      idBasedOrdering: false,
      assumed: [expect.stringContaining('2 buffers of 512 KiB'), expect.stringContaining("gpu0's socket")],
    });
  });

  it('assumes nothing where all is said', () => {
    const said = 'via: mem:s0, staging: { buffers: 3, size: 2 MiB }, depth: 4, cached: true, start: 2 us';
    expect(staged(said)).toMatchObject({
      chunk: 1572864,
      buffers: 3,
      transfers: 4,
      depth: 4,
      start: 2e6,
      cached: true,
      assumed: [],
    });
  });

  it('is no flow beside, and its DMAs keep their ids for themselves', () => {
    const both = request(
      flows('{ from: gpu0, to: gpu4, via: mem, size: 1 MiB }', '{ from: gpu0, to: gpu4, size: 1 MiB }'),
    );
    expect(both.staged?.map(({ id }) => id)).toEqual(['gpu0>gpu4']);
    expect(both.flows.map(({ id }) => id)).toEqual(['gpu0>gpu4#2']);
  });
});

const set = (change: string): string => `set: { ${change} }\n${flows(FLOW)}`;

describe('the changes of a scenario', () => {
  it('let exactly the named ports redirect, all of them, or none', () => {
    expect(controls(set('acs: { redirect: [sw1.d0] }'), 'sw1.d0', 'sw1.d1', 'rp20')).toEqual([0x1d, 0, 0]);
    expect(controls(set('acs: { redirect: all }'), 'sw1.d0', 'sw1.d1', 'rp20')).toEqual([0x1d, 0x1d, 0x1d]);
    expect(controls(set('acs: { redirect: [] }'), 'sw1.d0', 'sw1.d1', 'rp20')).toEqual([0, 0, 0]);
  });

  it('slow a link that is named by its port or by what hangs below', () => {
    for (const link of ['rp20', 'sw1']) {
      const { nodes } = request(set(`links: [{ link: ${link}, gen: 2, width: 8 }]`)).system;
      expect(nodes['rp20']).toMatchObject({ link: { current: { generation: 2, width: 8 } } });
    }
  });

  it('set the IOMMU mode, and leave the system that was given alone', () => {
    expect(request(set('iommu: { mode: translate }')).system.iommu.mode).toBe('translate');
    expect(system.iommu.mode).toBe('off');
  });
});
