import { describe, expect, test } from 'vitest';
import type { FlowResult } from '../../src/experiment/run-result.ts';
import { bytes, picoseconds } from '../../src/units.ts';
import {
  apart,
  boundedBy,
  cpu,
  expectNear,
  flowOf,
  INTERRUPT_NS,
  runStaged,
  staging,
  timeOf,
} from '../support/measured-staging.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/** GB/s of a Gen4 x16 link: 16 lanes of 16 GT/s, 128b/130b. */
const LINK_GBPS = (16 * 16 * 128) / 130 / 8;
const CHUNK = 1 << 16;
/** ns of a chunk in TLPs of 256 B on a link. */
const WRITE_NS = ((CHUNK / 256) * (256 + 24)) / LINK_GBPS;
const READ_NS = ((CHUNK / 256) * (256 + 20)) / LINK_GBPS;
/** A read request of 24 B goes before the first completion. */
const REQUEST_NS = 24 / LINK_GBPS;

describe('a flow staged through memory', () => {
  test('takes with one buffer the time of both DMAs and two interrupts for each chunk, but for the last', () => {
    const result = runStaged(apart(), [staging({ buffers: 1 })]);
    const chunks = 16;
    const each = WRITE_NS + REQUEST_NS + READ_NS + 2 * INTERRUPT_NS;
    expectNear(timeOf(result) / 1e3, chunks * each - INTERRUPT_NS, 1e-3);
  });

  test('waits with one buffer for it, as long as the other DMA and the host have it', () => {
    const { limitedBy } = flowOf(runStaged(apart(), [staging({ buffers: 1, transfers: 8 })]));
    const each = WRITE_NS + REQUEST_NS + READ_NS + 2 * INTERRUPT_NS;
    expect(limitedBy[0]?.resource).toBe('staging-buffers:mem:s0');
    expectNear(limitedBy[0]?.share ?? Number.NaN, 1 - Math.max(WRITE_NS, READ_NS) / each, 0.01);
    expect(limitedBy.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('reaches with many buffers the rate of the slower DMA', () => {
    const many = staging({ buffers: 32, transfers: 16, depth: 4 });
    const result = runStaged(apart(), [many]);
    expectNear(flowOf(result).goodput_GBps ?? Number.NaN, (LINK_GBPS * 256) / 280, 0.02);
    expect(flowOf(result).limitedBy[0]?.resource).toBe('in: link:rp0:up');
  });

  test('reaches as many times the rate of one buffer as it has buffers, until a DMA limits it', () => {
    const slow = apart({ kernel: { interrupt_latency: '100 us' } });
    const rates = [1, 2, 4].map(
      (buffers) => flowOf(runStaged(slow, [staging({ buffers, transfers: 8 })])).goodput_GBps ?? Number.NaN,
    );
    const [one = Number.NaN, two, four] = rates;
    expectNear((two ?? Number.NaN) / one, 2, 0.05);
    expectNear((four ?? Number.NaN) / one, 4, 0.05);
  });

  test('sends writes and reads over one uplink when both devices sit below one switch', () => {
    const below = [device('a', 'gen4x16'), device('b', 'gen4x16')];
    const system = measuredSystem({ cpu, below: [pcieSwitch('sw', 'gen4x16', below)] });
    const many = staging({ buffers: 64, transfers: 16, depth: 4 });
    // a read request of 24 B asks for 512 B, and goes up as the writes do
    const perChunk = WRITE_NS + ((CHUNK / 512) * 24) / LINK_GBPS;
    expectNear(flowOf(runStaged(system, [many])).goodput_GBps ?? Number.NaN, CHUNK / perChunk, 0.02);
    const { constraints } = boundedBy(system, many);
    expect(constraints[0]).toMatchObject({ resource: 'link:rp0:up', leg: 'both' });
    expectNear((constraints[0]?.rate ?? Number.NaN) / 1e9, CHUNK / perChunk, 1e-3);
  });

  test('has the rate of the link between sockets when the memory is of another one', () => {
    const rate: Numbers = { rate: '10 GB/s' };
    const socket: Numbers = { scopes: { socket_link: { write: rate, read: rate } } };
    const system = measuredSystem(
      { cpu: socket, below: [device('a', 'gen4x16'), device('b', 'gen4x16')] },
      { cpu: socket, below: [device('c', 'gen4x16')] },
    );
    const resultVia = (via: string, to = 'b'): FlowResult =>
      flowOf(runStaged(system, [staging({ via, to, buffers: 32, transfers: 16, depth: 4 })]));
    expect(resultVia('mem:s0').goodput_GBps).toBeGreaterThan(25);
    expectNear(resultVia('mem:s1').goodput_GBps ?? Number.NaN, 10, 0.02);
    const halves = [resultVia('mem:s0', 'c'), resultVia('mem:s1', 'c')];
    for (const { goodput_GBps } of halves) expectNear(goodput_GBps ?? Number.NaN, 10, 0.02);
    expect(halves.map(({ limitedBy }) => limitedBy[0]?.resource)).toEqual([
      'out: cap:socket_link:s0>s1:read',
      'in: cap:socket_link:s0>s1:write',
    ]);
  });

  test('ends each transfer with its last chunk, and begins the next when the host has been told', () => {
    const result = runStaged(apart(), [staging({ size: bytes(CHUNK), transfers: 5 })]);
    const alone = WRITE_NS + INTERRUPT_NS + REQUEST_NS + READ_NS;
    const { latency_ns } = flowOf(result);
    expectNear(latency_ns?.p50 ?? Number.NaN, alone, 1e-3);
    expectNear(latency_ns?.p99 ?? Number.NaN, alone, 1e-3);
    expectNear(timeOf(result) / 1e3, 5 * alone + 4 * INTERRUPT_NS, 1e-3);
  });

  test('begins at its start', () => {
    const late = runStaged(apart(), [staging({ start: picoseconds(7_000_000) })]);
    expect(late.end_ps - runStaged(apart(), [staging()]).end_ps).toBe(7_000_000);
    expect(timeOf(late)).toBe(timeOf(runStaged(apart(), [staging()])));
  });

  test('is cut off where the run ends at a time', () => {
    const { flows } = runStaged(apart(), [staging({ transfers: null })], { until: '200 us' });
    const [staged, first, second] = flows.map((each) => each.bytes);
    expect(staged).toBe(second);
    expect(first).toBeGreaterThan(second ?? Number.NaN);
  });

  test('without an end is refused in a run without one', () => {
    expect(() => runStaged(apart(), [staging({ transfers: null })])).toThrow(
      /flow f has no end: give it transfers/,
    );
  });
});
