import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/node/load-part.ts';
import { parseSystem } from '../../src/system/parse-system.ts';
import type { System } from '../../src/system/system.ts';

/** A machine of two GPUs below root ports of one host bridge, each with these keys beside its own. */
function machine(gpus: readonly [string, string], bridge = ''): string {
  const ports = gpus.map(
    (keys, i) =>
      `          - { id: rp${i}, link: { gen: 5, width: 16 }, child: { kind: gpu, id: gpu${i}${keys} } }`,
  );
  const lines = ['system: s', 'sockets:', '  - id: s0', '    host_bridges:', '      - id: hb0'];
  return [...lines, ...(bridge === '' ? [] : [`        ${bridge}`]), '        root_ports:', ...ports].join(
    '\n',
  );
}

const read = (text: string): System => parseSystem(text, 's.yaml', (name) => loadPart(name));
const withBars = (first: string, second = '', bridge = ''): System => read(machine([first, second], bridge));

const barsOf = (system: System, id: string) => {
  const node = system.nodes[id];
  return node !== undefined && 'bars' in node ? node.bars : 'no such endpoint';
};

/** The message, or what was read instead of complaining. */
function messageOf(first: string, second = '', bridge = ''): string {
  try {
    return JSON.stringify(barsOf(withBars(first, second, bridge), 'gpu0'));
  } catch (error) {
    return (error as Error).message;
  }
}

describe('BARs in a system file', () => {
  it('are memory of a size, with an address where one is stated, in their order', () => {
    const bars =
      ', bars: [{ size: 16 MiB }, { size: 32 GiB, address: 0x6000000000 }, { size: 128 B, kind: io }]';
    expect(barsOf(withBars(bars), 'gpu0')).toEqual([
      { kind: 'memory', size: 2 ** 24, address: null },
      { kind: 'memory', size: 2 ** 35, address: 0x6000000000 },
      { kind: 'io', size: 128, address: null },
    ]);
  });

  it('that are not stated are not the same as none', () => {
    const system = withBars('', ', bars: []');
    expect([barsOf(system, 'gpu0'), barsOf(system, 'gpu1')]).toEqual([null, []]);
  });

  it('may be at a decimal address, or one in quotes', () => {
    const bars = ', bars: [{ size: 4 KiB, address: 4096 }, { size: 4 KiB, address: "0x2000" }]';
    expect(barsOf(withBars(bars), 'gpu0')).toMatchObject([{ address: 4096 }, { address: 8192 }]);
  });

  it('of a virtual function are like the physical one has, elsewhere, unless it states its own', () => {
    const virtual = 'virtual_functions: [{}, { bars: [{ size: 1 MiB, address: 0x100000 }] }]';
    const system = withBars(`, bars: [{ size: 16 MiB, address: 0x1000000 }], ${virtual}`);
    expect(barsOf(system, 'gpu0.vf0')).toEqual([{ kind: 'memory', size: 2 ** 24, address: null }]);
    expect(barsOf(system, 'gpu0.vf1')).toEqual([{ kind: 'memory', size: 2 ** 20, address: 0x100000 }]);
  });

  it('of a further function are its own alone', () => {
    const system = withBars(', bars: [{ size: 16 MiB }], functions: [{}, { bars: [] }]');
    expect([barsOf(system, 'gpu0.f1'), barsOf(system, 'gpu0.f2')]).toEqual([null, []]);
  });

  it('are known of devices on a root bus', () => {
    const device = 'devices: [{ kind: other, id: dsa, bars: [{ size: 64 KiB }] }]';
    expect(barsOf(withBars('', '', device), 'dsa')).toEqual([{ kind: 'memory', size: 65536, address: null }]);
  });
});

describe('BARs that cannot be', () => {
  it.each([
    [
      ', bars: [{ size: 3 GiB }]',
      '',
      's.yaml:7:98 sockets[0].host_bridges[0].root_ports[0].child.bars[0].size: expected the size of a BAR: a power of two from 4 B on, got "3 GiB"; write it like "32 GiB"',
    ],
    [
      ', bars: [{ size: 1 GiB, kind: IO }]',
      '',
      's.yaml:7:111 sockets[0].host_bridges[0].root_ports[0].child.bars[0].kind: expected one of memory, io, got "IO"; did you mean io?',
    ],
    [
      ', bars: [{ size: 1 GiB, address: 0x20000000000000 }]',
      '',
      's.yaml:7:114 sockets[0].host_bridges[0].root_ports[0].child.bars[0].address: expected an address from 0 to 2^53 - 1, got 9007199254740992; write it like 0x6000000000, or leave it away where it is not known',
    ],
    [
      ', bars: [{ size: 1 GiB, address: 0x20000000 }]',
      '',
      "s.yaml:7:114 sockets[0].host_bridges[0].root_ports[0].child.bars[0].address: expected a multiple of the BAR's size, 0x40000000, got 0x20000000; BARs are aligned to their size; correct address or size",
    ],
    [
      ', bars: [{ size: 1 GiB, address: 0x80000000 }]',
      ', bars: [{ size: 4 KiB }, { size: 1 MiB, address: 0xbff00000 }]',
      's.yaml:8:131 sockets[0].host_bridges[0].root_ports[1].child.bars[1].address: expected memory BARs that do not overlap, got 0xbff00000 inside 0x80000000 to 0xbfffffff of gpu0; correct one of the two addresses',
    ],
    [
      `, bars: [${Array.from({ length: 7 }, () => '{ size: 4 KiB }').join(', ')}]`,
      '',
      's.yaml:7:89 sockets[0].host_bridges[0].root_ports[0].child.bars: expected at most 6 BARs, got 7; a function has no more registers; remove the others',
    ],
  ])('gpu0%s, gpu1%s', (first, second, message) => {
    expect(messageOf(first, second)).toBe(message);
  });

  it('I/O BARs, whose addresses are of another space, may have the numbers of memory', () => {
    const bars = ', bars: [{ size: 128 B, address: 0x1000 }, { size: 128 B, kind: io, address: 0x1000 }]';
    expect(barsOf(withBars(bars), 'gpu0')).toHaveLength(2);
  });
});

const offset = (value: string): unknown => withBars('', '', `bus_offset: ${value}`).hostBridges[0]?.busOffset;

describe('the bus offset of a host bridge', () => {
  it('is 0 where nothing is said', () => expect(withBars('').hostBridges[0]?.busOffset).toBe(0));

  it.each([
    ['-0x5f80000000', -0x5f80000000],
    ['"-0x5f80000000"', -0x5f80000000],
    ['0x10', 16],
    ['-4096', -4096],
    ['-0x1fffffffffffff', -Number.MAX_SAFE_INTEGER],
  ])('%s is %s', (value, expected) => expect(offset(value)).toBe(expected));

  it.each(['0x20000000000000', '-0x20000000000000', '1.5', 'none', '4 KiB', '99999999999999999999'])(
    'is not %s, and the message says what it is',
    (value) => {
      expect(() => offset(value)).toThrow(
        /^s.yaml:6:21 sockets\[0\].host_bridges\[0\].bus_offset: expected a whole number of bytes of at most 2\^53 - 1 either way, got .*; write it like -0x5f80000000/,
      );
    },
  );

  it('puts no BAR below bus address 0', () => {
    const bars = ', bars: [{ size: 4 KiB, address: 0x1000 }]';
    expect(messageOf(bars, '', 'bus_offset: -0x2000')).toMatch(
      /^s.yaml:8:114 .*also with the host bridge's bus_offset of -0x2000, got 0x1000; correct address, size or bus_offset$/,
    );
    expect(messageOf(bars, '', 'bus_offset: -0x1000')).toContain('"address":4096');
  });
});
