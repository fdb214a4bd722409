import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/experiment/parse-scenario.ts';
import { scenarioPages } from '../../src/experiment/scenario-pages.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import type { Endpoint, System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';

const MACHINE = loadSystem('gpu-nic-nvme');
const CLIENT = '{ device: nic0, size: 128 KiB, hold: 20 us, requests: 10 }';

const scenario = (keys: string, clients = CLIENT, more = '') =>
  `scenario: cmb\nsystem: gpu-nic-nvme\npages:\n  - { id: cmb, ${keys}, clients: [${clients}] }\n${more}`;

const read = (text: string, system: System = MACHINE) =>
  scenarioPages(parseScenario(text, 'cmb.yaml'), system);

const USUAL = 'provider: nvme4, pool: 2 MiB';

/** The machine, whose nvme4 has one BAR. */
function withBar(kind: 'memory' | 'io', size: number): System {
  const nvme = MACHINE.nodes['nvme4'] as Endpoint;
  return {
    ...MACHINE,
    nodes: { ...MACHINE.nodes, nvme4: { ...nvme, bars: [{ kind, size: bytes(size), address: null }] } },
  };
}

describe('peer memory with pages in a scenario', () => {
  test('has as defaults writes one at a time, the memory of the provider, and no end', () => {
    const [spec] = read(scenario(USUAL));
    expect(spec).toMatchObject({ fallback: 'mem:s1', remove: null, grace: 0 });
    expect(spec?.clients[0]).toEqual({
      id: 'cmb:nic0',
      device: 'nic0',
      op: 'write',
      size: 131_072,
      depth: 1,
      rate: null,
      requests: 10,
      hold: 20e6,
      start: 0,
      leak: false,
    });
  });

  test.each([
    [
      'an unknown provider',
      scenario('provider: nvme9, pool: 2 MiB'),
      /^cmb.yaml:4:26 .*provider.*did you mean/,
    ],
    ['an unknown memory', scenario(`${USUAL}, fallback: "mem:s7"`), /fallback.*mem:s0 or mem:s1/],
    [
      'a pool that is no multiple of 2 MiB',
      scenario('provider: nvme4, pool: 3 MiB'),
      /pool.*multiple of 2 MiB/,
    ],
    ['a request larger than the pool', scenario(USUAL, CLIENT.replace('128 KiB', '3 MiB')), /size.*at most/],
    ['the provider as its client', scenario(USUAL, CLIENT.replace('nic0', 'nvme4')), /device other than/],
    [
      'an open and a closed load',
      scenario(USUAL, CLIENT.replace('hold', 'depth: 2, rate: 1 GB/s, hold')),
      /either depth/,
    ],
    [
      'requests without an end',
      scenario(USUAL, '{ device: nic0, size: 4 KiB, hold: 1 us }'),
      /number of requests.*until/,
    ],
    ['a client twice', scenario(USUAL, `${CLIENT}, ${CLIENT}`), /another id than cmb:nic0/],
    [
      'a leak that an unbind waits for, without an end',
      scenario(`${USUAL}, remove: 1 us`, CLIENT.replace('hold', 'leak: true, hold')),
      /leak.*end of the run.*until/,
    ],
  ])('is refused with %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('may leak where the run has an end', () => {
    const clients = CLIENT.replace('hold', 'leak: true, hold');
    const [spec] = read(scenario(`${USUAL}, remove: 1 us`, clients, 'until: { time: 1 ms }'));
    expect(spec?.clients[0]?.leak).toBe(true);
  });

  test('fits into a memory BAR, where the BARs are stated', () => {
    expect(read(scenario(USUAL), withBar('memory', 2 ** 21))).toHaveLength(1);
    expect(() => read(scenario(USUAL), withBar('memory', 2 ** 20))).toThrow(/pool.*at most the 1048576 B/);
    expect(() => read(scenario(USUAL), withBar('io', 256))).toThrow(/provider.*memory BAR/);
  });
});
