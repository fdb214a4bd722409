import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/node/load-part.ts';
import { loadParts } from '../../src/node/load-parts.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { modelsFolder } from '../../src/node/models-folder.ts';
import { readText } from '../../src/node/read-text.ts';
import { parsePart } from '../../src/system/parse-part.ts';
import type { EndpointPart, Part, SwitchPart } from '../../src/system/part.ts';
import { scaledPart } from '../../src/system/scaled-part.ts';
import { withScaledPart } from '../../src/system/with-scaled-part.ts';
import { type Numbers, partEntries } from '../support/part-entries.ts';

const at = (path: string, value: string | number): Numbers => {
  const [key = '', ...rest] = path.split('.');
  return { [key]: rest.length === 0 ? value : at(rest.join('.'), value) };
};

/** A part like one of the package but for one number. */
function partWith(like: string, path: string, value: string | number): Part {
  const head = { part: `${like}-of-a-test`, kind: loadPart(like).kind, about: 'a test', like };
  return parsePart(JSON.stringify({ ...head, ...partEntries(at(path, value)) }), 'test.yaml', (name) => {
    const file = `${modelsFolder('devices')}/${name}.yaml`;
    return { text: readText(file), file };
  });
}

const camel = (key: string, of: object): string =>
  key in of ? key : key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The value at the path of a provenance. */
function valueAt(part: Part, path: string): unknown {
  return path.split('.').reduce<unknown>((group, key) => {
    const of = group as Record<string, unknown>;
    return of[camel(key, of)];
  }, part);
}

describe('a number of a part that is changed by a fifth', () => {
  it.each([
    ['switch/generic', 'latency', '101 ps', 81, 121],
    ['switch/generic', 'latency', '1 ps', null, null],
    ['switch/generic', 'latency', '0 ns', null, null],
    ['switch/generic', 'forwarding', 'cut-through', null, null],
    ['switch/generic', 'ingress_speedup', 2, 1.6, 2.4],
    ['switch/generic', 'ingress_speedup', 1, null, 1.2],
    ['switch/generic', 'ingress_speedup', 'unlimited', null, null],
    ['switch/generic', 'shared_buffer', '64 KiB', 52_429, 78_643],
    ['switch/generic', 'shared_buffer', 'none', null, null],
    ['switch/generic', 'weights.upstream', 3, 2, 4],
    ['switch/generic', 'weights.upstream', 1, null, null],
    ['switch/generic', 'port.skp', 0.01, 0.008, 0.012],
    ['switch/generic', 'port.skp', 0.9, 0.72, null],
    [
      'switch/generic',
      'port.dllp',
      '0.5 per TLP',
      { kind: 'per-tlp', count: 0.4 },
      { kind: 'per-tlp', count: 0.6 },
    ],
    ['switch/generic', 'port.dllp', '0 per TLP', null, null],
    ['switch/generic', 'port.dllp', 'specification-limit', null, null],
    [
      'switch/generic',
      'port.update_fc',
      '100 ns',
      { kind: 'period', period: 80_000 },
      { kind: 'period', period: 120_000 },
    ],
    ['switch/generic', 'port.update_fc', 'at once', null, null],
    ['switch/generic', 'port.flow_control_scale', 4, null, null],
    ['switch/generic', 'port.credits.posted.headers', 32, 26, 38],
    ['switch/generic', 'port.credits.posted.headers', 127, 102, null],
    ['switch/generic', 'port.credits.posted.data', 8, null, 10],
    ['switch/generic', 'port.credits.posted.data', 'infinite', null, null],
    ['cpu/generic', 'scopes.other_socket.write.rate', '10 GB/s', 8e9, 12e9],
    ['cpu/generic', 'scopes.other_socket.write.rate', 'unlimited', null, null],
    ['cpu/generic', 'scopes.memory.read.slots.posted', 10, 8, 12],
    ['cpu/generic', 'completion_chunk', '250 B', 200, 300],
    ['cpu/generic', 'completion_chunk', '64 B', null, 76],
    ['cpu/generic', 'rcb', '64 B', null, null],
    ['cpu/generic', 'recut', '64 B', null, null],
    ['cpu/generic', 'family', 0x1a, null, null],
    ['gpu/generic', 'dma.write_chunk', '256 B', 204, 308],
    ['gpu/generic', 'dma.mps', '256 B', null, null],
    ['gpu/generic', 'dma.mrrs', '512 B', null, null],
    ['gpu/generic', 'dma.header_double_words', 4, null, null],
    ['gpu/generic', 'dma.tags', 256, 205, 307],
    ['gpu/generic', 'dma.landing.rate', '5 GB/s', 4e9, 6e9],
    ['gpu/generic', 'completer.completion_chunk', '128 B', null, 152],
    ['gpu/generic', 'port.replay_buffer', '290 B', null, 348],
  ] as const)('%s %s of %s becomes %j and %j', (like, path, value, less, more) => {
    const part = partWith(like, path, value);
    for (const [factor, expected] of [
      [0.8, less],
      [1.2, more],
    ] as const) {
      const scaled = scaledPart(part, path, factor);
      if (expected === null) expect(scaled).toBeNull();
      else if (typeof expected === 'number') expect(scaled && valueAt(scaled, path)).toBeCloseTo(expected, 9);
      else expect(scaled && valueAt(scaled, path)).toMatchObject(expected);
    }
  });

  it('is any number of any part, and the only one that changes', () => {
    for (const part of loadParts()) {
      for (const { path } of part.provenance) {
        const scaled = scaledPart(part, path, 1.2);
        if (scaled === null) continue;
        const others = part.provenance.filter((other) => other.path !== path);
        const differ = others.filter((other) => valueAt(part, other.path) !== valueAt(scaled, other.path));
        expect(differ.map((other) => `${path} changes ${other.path}`)).toEqual([]);
        expect(valueAt(scaled, path)).not.toEqual(valueAt(part, path));
      }
    }
  });

  it('leaves the part as it was, and freezes the other one', () => {
    const part = loadPart('switch/generic') as SwitchPart;
    const scaled = scaledPart(part, 'port.phy_latency', 2);
    expect(scaled?.port.phyLatency).toBe(2 * part.port.phyLatency);
    expect(Object.isFrozen(scaled?.port)).toBe(true);
    expect(part).toEqual(loadPart('switch/generic'));
  });

  it.each(['latencies', 'port', 'latency.write', 'port.credits.posted', ''])(
    'is none at the path "%s"',
    (path) => {
      expect(() => scaledPart(loadPart('switch/generic'), path, 1.2)).toThrow(RangeError);
    },
  );
});

describe('a system with a number of a part changed', () => {
  const system = loadSystem('wrx90-2sw-flat');

  it('has it wherever the part occurs, and nothing else changed', () => {
    const change = { part: 'gpu/nvidia/rtx-pro-6000', path: 'dma.tags', factor: 0.5 };
    const changed = withScaledPart(system, change);
    for (const [id, node] of Object.entries(changed.nodes)) {
      if (node.kind !== 'endpoint') expect(node).toBe(system.nodes[id]);
      else expect(node.part.dma.tags).toBe((loadPart(change.part) as EndpointPart).dma.tags / 2);
    }
    expect(changed.sockets).toEqual(system.sockets);
    const cpu = withScaledPart(system, {
      part: system.sockets[0]?.part.name ?? '',
      path: 'memory_latency',
      factor: 2,
    });
    expect(cpu.sockets[0]?.part.memoryLatency).toBe(2 * (system.sockets[0]?.part.memoryLatency ?? 0));
    expect(cpu.nodes).toEqual(system.nodes);
  });

  it('is the system itself where it has no such part, or the number has no other', () => {
    const none = { part: 'gpu/generic', path: 'dma.tags', factor: 0.5 };
    expect(withScaledPart(system, none)).toBe(system);
    expect(withScaledPart(system, { ...none, part: 'switch/microchip/pm50100', path: 'queues' })).toBe(
      system,
    );
  });
});
