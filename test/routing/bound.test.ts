import { describe, expect, test } from 'vitest';
import type { Generation } from '../../src/pcie/generation.ts';
import { type Bound, boundOf } from '../../src/routing/bound.ts';
import { boundGoodput, boundTime } from '../../src/routing/bound-time.ts';
import type { TransferSpec } from '../../src/routing/transfer-spec.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, picoseconds } from '../../src/units.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { testCpu, testRate, testScope, vectorSystem } from '../support/vector-system.ts';
import { type Changes, withParts } from '../support/with-parts.ts';

const WRITE: TransferSpec = { op: 'write', from: 'B', to: 'A', size: bytes(2 ** 20), address: 'BUS' };
const READ: TransferSpec = { ...WRITE, op: 'read', from: 'A', to: 'B' };

const machine = (name: string, changes: Changes = {}): System =>
  withParts(vectorSystem(vectorFixture(name)), changes);

function bound(system: System, spec: TransferSpec): Bound {
  const result = boundOf(system, spec);
  if (result.kind === 'none') throw new Error(result.reason);
  return result.bound;
}

const rateOf = ({ constraints }: Bound, resource: string): number => {
  const constraint = constraints.find((one) => one.resource === resource);
  if (!constraint)
    throw new Error(`no ${resource} among ${constraints.map((one) => one.resource).join(', ')}`);
  return constraint.rate / 1e9;
};

/** The simulation rounds the time of each TLP to a picosecond; so do the bounds. */
const within = (got: number, expected: number, share = 4e-4): void => {
  expect(Math.abs(got / expected - 1)).toBeLessThan(share);
};

describe('what a link allows', () => {
  const cases: [
    op: 'write' | 'read',
    payload: number,
    headers: 3 | 4,
    generation: Generation,
    GBps: number,
  ][] = [
    ['write', 64, 4, 5, 45.829],
    ['write', 128, 4, 5, 53.066],
    ['write', 256, 4, 5, 57.614],
    ['write', 512, 4, 5, 60.194],
    ['write', 128, 3, 5, 54.5],
    ['write', 256, 4, 4, 28.807],
    ['write', 256, 4, 3, 14.404],
    ['read', 64, 4, 5, 48.012],
    ['read', 128, 4, 5, 54.5],
    ['read', 256, 4, 5, 58.449],
    ['read', 512, 4, 3, 15.162],
  ];

  test.each(cases)(
    '%s of %i B with %i DW at Gen%i x16, without SKP: %d GB/s (pcie-facts, section 3)',
    (op, payload, headerDoubleWords, generation, expected) => {
      const speed = { generation, width: 16 } as const;
      // A read completion boundary of 128 B would not let an endpoint send 64 B pieces of a longer request.
      const mrrs = bytes(payload === 64 ? 64 : 512);
      const system = machine('sw', {
        port: { skp: 0 },
        dma: { writeChunk: bytes(payload), mps: bytes(512), mrrs, headerDoubleWords, tags: 1e6 },
        completer: { completionChunk: bytes(Math.max(128, payload)) },
        links: { rp0: speed, dn0: speed, dn1: speed },
      });
      const got = bound(system, op === 'write' ? WRITE : READ);
      within(rateOf(got, op === 'write' ? 'link:dn1:up' : 'link:dn0:up'), expected);
    },
  );

  test('SKP ordered sets take one byte in 376: 57.461 GB/s', () => {
    within(rateOf(bound(machine('sw'), WRITE), 'link:dn1:up'), 57.461);
  });

  test('is counted once for requests and once for completions where both pass it', () => {
    const system = machine('sw-1d-off');
    const { constraints } = bound(system, { ...READ, address: 'PHYS' });
    // 1 MiB: 2048 requests of 24 B and 4096 completions of 276 B climb the uplink.
    const uplink = constraints.find(({ resource }) => resource === 'link:rp0:up');
    const bytesUp = 2048 * 24 + 4096 * 276;
    within((uplink?.rate ?? 0) / 1e9, (63.01538 * (1 - 1 / 376) * 2 ** 20) / bytesUp);
  });

  test('is that of its current speed, and the slowest on the way limits', () => {
    const system = machine('sw-1d-off', { links: { rp0: { generation: 2, width: 16 } } });
    const got = bound(system, { ...WRITE, address: 'PHYS' });
    expect(got.limitedBy).toBe('link:rp0:up');
    within(got.rate / 1e9, (8 * 256) / 280, 3e-3);
  });
});

describe('unloaded latency', () => {
  test('of a write of 256 B through a switch: two flights of 20 ns, 115 ns in the switch, 4.455 ns on the wire', () => {
    expect(bound(machine('sw'), WRITE).latency).toBe(20_000 + 115_000 + 4455 + 20_000);
  });

  test('a switch that stores and forwards adds a serialisation', () => {
    const system = machine('sw', { switch: { forwarding: 'store-and-forward' } });
    expect(bound(system, WRITE).latency).toBe(20_000 + 115_000 + 2 * 4455 + 20_000);
  });

  test('a head does not leave so early into a faster link that its tail would be missing', () => {
    const links = { dn1: { generation: 1, width: 4 } } as const;
    const system = machine('sw', { port: { skp: 0 }, switch: { latency: picoseconds(0) }, links });
    // 280 B at 1 GB/s take 280 ns; the last byte follows without a gap.
    expect(bound(system, WRITE).latency).toBe(280_000 + 20_000 + 20_000);
  });

  test('of a read of 128 B as published: 0.718 us below one switch, 1.418 us between two roots (mechanisms, section 9)', () => {
    const gpu: Changes = { dma: { headerDoubleWords: 3 }, completer: { latency: picoseconds(405_000) } };
    const read = { ...READ, size: bytes(128) };
    within(bound(machine('sw', gpu), read).latency / 1e6, 0.718, 2e-3);
    const across = machine('2hb-zen', gpu);
    const [socket] = across.sockets;
    if (!socket) throw new Error('no socket');
    const oneSocket = {
      ...across,
      sockets: [socket],
      hostBridges: across.hostBridges.map((h) => ({ ...h, socket: 's0' })),
    };
    // The published pair has switches on both sides as well: 4 x 135 ns more there and back.
    within((bound(oneSocket, { ...read, address: 'PHYS' }).latency + 4 * 135_000) / 1e6, 1.418, 0.01);
  });
});

describe('what else can limit', () => {
  test('posted headers: 8 TLPs in a loop of 159 ns', () => {
    const posted = { headers: 8, data: 2032 };
    const { credits } = testCpu().port;
    const got = bound(machine('sw', { port: { credits: { ...credits, posted } } }), WRITE);
    expect(got.limitedBy).toBe('credits:link:dn1:up:posted-headers');
    within(got.rate / 1e9, (8 * 256) / (20 + 115 + 4.455 + 20));
  });

  test('posted data: 64 units of 16 B are four TLPs of 256 B', () => {
    const { credits } = testCpu().port;
    const posted = { headers: null, data: 64 };
    const got = bound(machine('sw', { port: { credits: { ...credits, posted } } }), WRITE);
    expect(got.limitedBy).toBe('credits:link:dn1:up:posted-data');
    within(got.rate / 1e9, (4 * 256) / (20 + 115 + 4.455 + 20));
  });

  test('tags, for reads alone: 16 requests of 512 B in a round trip', () => {
    const system = machine('sw', { dma: { tags: 16 } });
    const got = bound(system, READ);
    expect(got.limitedBy).toBe('tags:B');
    within(got.rate, (16 * 512 * 1e12) / got.latency);
    expect(bound(system, WRITE).constraints.map(({ resource }) => resource)).not.toContain('tags:B');
  });

  test('bytes under way, copies in flight and the depth of the workload', () => {
    const outstanding = bound(machine('sw', { dma: { outstandingBytes: bytes(4096) } }), READ);
    expect(outstanding.limitedBy).toBe('outstanding:B');
    within(outstanding.rate, (4096 * 1e12) / outstanding.latency);
    const small = { ...READ, size: bytes(512) };
    const copies = bound(machine('sw', { dma: { copiesInFlight: 2 } }), small);
    expect(copies.limitedBy).toBe('copies:B');
    within(copies.rate, (2 * 512 * 1e12) / copies.latency);
    const deep = bound(machine('sw'), { ...small, op: 'write', depth: 3 });
    expect(deep.limitedBy).toBe('depth:A>B');
    within(deep.rate, (3 * 512 * 1e12) / boundTime(deep));
  });

  test('the gap between requests: 256 B each 50 ns', () => {
    const got = bound(machine('sw', { dma: { issueGap: picoseconds(50_000) } }), WRITE);
    expect(got.limitedBy).toBe('issue-gap:B');
    within(got.rate / 1e9, 5.12);
  });

  test('a cap between host bridges, for its direction alone', () => {
    const { scopes } = testCpu();
    const other_host_bridge = {
      write: testScope({ rate: testRate(38) }).write,
      read: testScope().read,
      carries: 'all' as const,
    };
    const system = machine('2hb-09a2-same', { cpu: { scopes: { ...scopes, other_host_bridge } } });
    expect(bound(system, { ...WRITE, address: 'PHYS' }).limitedBy).toBe('cap:other_host_bridge:rpB:write');
    within(bound(system, { ...WRITE, address: 'PHYS' }).rate / 1e9, 38);
    expect(bound(system, { ...READ, address: 'PHYS' }).limitedBy).not.toMatch(/^cap/);
  });
});

describe('the time of a transfer', () => {
  test('is the latency of its first TLP and the serialisation of the rest', () => {
    const got = bound(machine('sw'), WRITE);
    expect(boundTime(got)).toBe(got.latency + 4095 * 4455);
    expect(boundTime(got, 3)).toBe(got.latency + (3 * 4096 - 1) * 4455);
  });

  test('takes the remainder of a size as it is', () => {
    const one = bound(machine('sw'), { ...WRITE, size: bytes(256 + 16) });
    // The second TLP has 16 B and 24 B around them: 636 ps.
    expect(boundTime(one)).toBe(one.latency + 636);
  });

  test('comes near the rate for many transfers', () => {
    const got = bound(machine('sw'), WRITE);
    within(boundGoodput(got, 1000), got.rate);
    expect(boundGoodput(got, 1000)).toBeLessThan(got.rate);
  });
});

describe('no bound', () => {
  test('of a way that a port blocks: the reason is its own', () => {
    const result = boundOf(machine('sw-tb'), { ...WRITE, addressType: 'translated' });
    expect(result).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/^ACS Violation.* at dn1$/) as string,
    });
  });

  test('of a way that stays inside one device', () => {
    const result = boundOf(machine('sw-mf'), { ...WRITE, from: 'A1' });
    expect(result).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/stays inside one device/) as string,
    });
  });

  test('for what makes no sense', () => {
    expect(() => boundOf(machine('sw'), { ...WRITE, size: bytes(0) })).toThrow(/expected 1 B or more/);
    expect(() => boundOf(machine('sw'), { ...WRITE, from: 'up' })).toThrow(/"up" is not a device/);
  });
});
