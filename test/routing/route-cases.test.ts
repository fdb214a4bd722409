import { describe, expect, test } from 'vitest';
import { routeOf } from '../../src/routing/route-of.ts';
import type { RouteQuestion } from '../../src/routing/route-question.ts';
import { routeTable } from '../../src/routing/route-table.ts';
import type { System } from '../../src/system/system.ts';
import { type VectorNode, vectorSystem } from '../support/vector-system.ts';

/** Two virtual switches of one chip on one socket, a plain switch and an integrated endpoint on the other. */
const PLACES: readonly (readonly [id: string, kind: string, parent: string])[] = [
  ['hbdev0', 'rciep', 'hb0'],
  ['rp0', 'root_port', 'hb0'],
  ['vs0', 'switch_up', 'rp0'],
  ['vs0.d0', 'switch_down', 'vs0'],
  ['A', 'endpoint', 'vs0.d0'],
  ['A.1', 'endpoint', 'vs0.d0'],
  ['rp2', 'root_port', 'hb0'],
  ['vs2', 'switch_up', 'rp2'],
  ['vs2.d0', 'switch_down', 'vs2'],
  ['B', 'endpoint', 'vs2.d0'],
  ['hbdev1', 'rciep', 'hb1'],
  ['rp4', 'root_port', 'hb1'],
  ['C', 'endpoint', 'rp4'],
  ['hbdev2', 'rciep', 'hb2'],
  ['DSA', 'rciep', 'hb2'],
  ['rp6', 'root_port', 'hb2'],
  ['D', 'endpoint', 'rp6'],
];

const bridge = (id: string, socket: number, rootBusOrder: string[]) => ({
  id,
  domain: 0,
  socket,
  rootBusOrder,
});

const HOST_BRIDGES = [
  bridge('hb0', 0, ['hbdev0', 'rp0', 'rp2']),
  bridge('hb1', 0, ['hbdev1', 'rp4']),
  bridge('hb2', 1, ['hbdev2', 'DSA', 'rp6']),
];

function machine(
  acs: Readonly<Record<string, number>> = {},
  chips: Readonly<Record<string, string>> = {},
): System {
  const nodes = PLACES.map(([id, kind, parent]): VectorNode => {
    const control = acs[id];
    const node = { id, kind, parent, bdf: '0000:00:00.0', vendor: 1, device: 1 };
    const chip = kind === 'switch_up' ? { chip: chips[id] ?? 'A' } : {};
    return { ...node, ...chip, acs: control === undefined ? null : { cap: 0x5f, ctrl: control } };
  });
  const cpu = { vendor: 'AMD', family: 0x19, arch: 'x86' };
  return vectorSystem({ name: 'two sockets', cpu, iommu: 'off', hostBridges: HOST_BRIDGES, nodes });
}

const WRITE = {
  class: 'posted',
  address: 'PHYS',
  addressType: 'untranslated',
  relaxedOrdering: false,
} as const;

function way(system: System, from: string, to: string, changes: Partial<RouteQuestion> = {}): string {
  const result = routeOf(system, { ...WRITE, from, to, ...changes });
  return result.kind === 'route' ? `${result.route.turn}: ${result.route.hops.join(' ')}` : result.reason;
}

describe('between virtual switches of one chip', () => {
  test('a request to a physical address crosses inside the chip', () => {
    expect(way(machine(), 'A', 'B')).toBe('virtual-switch: A vs0.d0 chip:A vs2.d0 B');
  });

  test('those of different chips are joined by the root complex alone', () => {
    expect(way(machine({}, { vs2: 'B' }), 'A', 'B')).toMatch(/^root-port-to-root-port/);
  });

  test('an IOVA climbs one uplink and comes down the other', () => {
    const there = 'root-port-to-root-port: A vs0.d0 vs0 rp0 rc:hb0 rp2 vs2 vs2.d0 B';
    expect(way(machine(), 'A', 'B', { address: 'IOVA' })).toBe(there);
    expect(way(machine(), 'A', 'B', { address: 'IOVA', addressType: 'translated' })).toMatch(
      /^virtual-switch/,
    );
  });

  test('ACS redirect at the ingress port sends it over both uplinks, at the egress port it does not', () => {
    const there = 'root-port-to-root-port: A vs0.d0 vs0 rp0 rc:hb0 rp2 vs2 vs2.d0 B';
    expect(way(machine({ 'vs0.d0': 0x0c }), 'A', 'B')).toBe(there);
    expect(way(machine({ 'vs2.d0': 0x0c, rp0: 0x0c, rp2: 0x0c }), 'A', 'B')).toMatch(/^virtual-switch/);
  });

  test('completions cross inside the chip unless their own ingress port redirects them', () => {
    const back = { class: 'completion' } as const;
    expect(way(machine({ 'vs2.d0': 0x0c }), 'A', 'B', back)).toMatch(/^virtual-switch/);
    expect(way(machine({ 'vs0.d0': 0x08 }), 'A', 'B', back)).toMatch(/^root-port-to-root-port/);
    expect(way(machine({ 'vs0.d0': 0x08 }), 'A', 'B', { ...back, relaxedOrdering: true })).toMatch(
      /^virtual-switch/,
    );
  });
});

describe('through the root complex', () => {
  test('to another host bridge of the socket, and to another socket', () => {
    expect(way(machine(), 'A', 'C')).toBe('inter-host-bridge: A vs0.d0 vs0 rp0 rc:hb0 rc:hb1 rp4 C');
    expect(way(machine(), 'C', 'D')).toBe('inter-socket: C rp4 rc:hb1 rc:hb2 rp6 D');
  });

  test('to and from an integrated endpoint', () => {
    expect(way(machine(), 'D', 'DSA')).toBe('rciep-internal: D rp6 rc:hb2 DSA');
    expect(way(machine(), 'DSA', 'D')).toBe('rciep-internal: DSA rc:hb2 rp6 D');
    expect(way(machine(), 'DSA', 'C')).toBe('inter-socket: DSA rc:hb2 rc:hb1 rp4 C');
    expect(way(machine(), 'DSA', 'DSA')).toBe('self: DSA');
  });

  test('to memory and back, of the own socket and of the other', () => {
    expect(way(machine(), 'A', 'mem:s0')).toBe('memory: A vs0.d0 vs0 rp0 rc:hb0 mem:s0');
    expect(way(machine(), 'A', 'mem:s1', { class: 'nonposted', address: 'IOVA' })).toBe(
      'memory: A vs0.d0 vs0 rp0 rc:hb0 mem:s1',
    );
    expect(way(machine(), 'mem:s1', 'A', { class: 'completion' })).toBe(
      'memory: mem:s1 rc:hb0 rp0 vs0 vs0.d0 A',
    );
    expect(way(machine(), 'mem:s1', 'DSA')).toBe('memory: mem:s1 rc:hb2 DSA');
  });

  test('memory is named by a socket, and is not at both ends', () => {
    expect(() => way(machine(), 'A', 'mem:s7')).toThrow(/mem:s0, mem:s1/);
    expect(() => way(machine(), 'mem:s0', 'mem:s1')).toThrow(/both are memory/);
    expect(() => way(machine(), 'A', 'nobody')).toThrow(RangeError);
  });
});

describe('between two functions of one device', () => {
  test('the port above is not asked, the function itself is', () => {
    expect(way(machine({ 'vs0.d0': 0x1d }), 'A', 'A.1')).toBe('sibling-function: A sibling:vs0.d0 A.1');
    const hairpin = 'same-root-port-hairpin: A vs0.d0 vs0 rp0 rc:hb0 rp0 vs0 vs0.d0 A.1';
    expect(way(machine({ A: 0x04 }), 'A', 'A.1')).toBe(hairpin);
    expect(way(machine({ A: 0x04 }), 'A.1', 'A')).toBe('sibling-function: A.1 sibling:vs0.d0 A');
  });
});

describe('ACS Violation', () => {
  const translated = { addressType: 'translated' } as const;

  test('Translation Blocking ends a translated request at the first such port, also on its way to memory', () => {
    const system = machine({ rp0: 0x02 });
    expect(way(system, 'A', 'C', translated)).toMatch(/^ACS Violation: Translation Blocking .* at rp0$/);
    expect(way(system, 'A', 'mem:s0', translated)).toMatch(/ at rp0$/);
    expect(way(system, 'A', 'B', translated)).toMatch(/^virtual-switch/);
    expect(way(system, 'C', 'A', translated)).toMatch(/^inter-host-bridge/);
    expect(way(system, 'A', 'C')).toMatch(/^inter-host-bridge/);
  });

  test('Direct Translated P2P does not help against Translation Blocking, and does against redirect', () => {
    expect(way(machine({ 'vs0.d0': 0x46 }), 'A', 'B', translated)).toMatch(/ at vs0\.d0$/);
    expect(way(machine({ 'vs0.d0': 0x44 }), 'A', 'B', translated)).toMatch(/^virtual-switch/);
    expect(way(machine({ 'vs0.d0': 0x44 }), 'A', 'B')).toMatch(/^root-port-to-root-port/);
  });

  test('is a result that names the port', () => {
    const result = routeOf(machine({ 'vs0.d0': 0x02 }), { ...WRITE, ...translated, from: 'A', to: 'B' });
    expect(result).toMatchObject({ kind: 'blocked', port: 'vs0.d0' });
  });
});

describe("a flow's table of routes", () => {
  test('has requests there and completions back, strict and relaxed', () => {
    const ends = { requester: 'A', completer: 'B' };
    const table = routeTable(machine({ 'vs2.d0': 0x08 }), {
      ...ends,
      address: 'PHYS',
      addressType: 'untranslated',
    });
    const first = (result: (typeof table)['posted']['strict']) =>
      result.kind === 'route' ? [result.route.hops[0], result.route.turn] : [];
    expect(first(table.posted.strict)).toEqual(['A', 'virtual-switch']);
    expect(table.posted.relaxed).toEqual(table.posted.strict);
    expect(table.nonposted).toEqual(table.posted);
    expect(first(table.completion.strict)).toEqual(['B', 'root-port-to-root-port']);
    expect(first(table.completion.relaxed)).toEqual(['B', 'virtual-switch']);
  });

  test('leaves completions to ACS where the root complex could own requests but never saw this one', () => {
    const ends = { requester: 'A', completer: 'B', address: 'PHYS', addressType: 'untranslated' } as const;
    const table = routeTable(machine({ 'vs2.d0': 0x08 }), { ...ends, rcKeepsRequesterId: false });
    expect(table.nonposted.strict).toMatchObject({ route: { turn: 'virtual-switch' } });
    expect(table.completion.strict).toMatchObject({ route: { turn: 'root-port-to-root-port' } });
    expect(table.completion.relaxed).toMatchObject({ route: { turn: 'virtual-switch' } });
  });

  test('has one way back where the root complex owns the request', () => {
    const question = {
      requester: 'A',
      completer: 'B',
      address: 'IOVA',
      addressType: 'untranslated',
    } as const;
    const table = routeTable(machine(), { ...question, rcKeepsRequesterId: false });
    expect(table.completion.relaxed).toEqual(table.completion.strict);
    expect(table.completion.strict).toMatchObject({ route: { turn: 'root-port-to-root-port' } });
    expect(routeTable(machine(), question).completion.strict).toMatchObject({
      route: { turn: 'virtual-switch' },
    });
  });
});
