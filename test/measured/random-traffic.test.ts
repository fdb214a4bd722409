import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FlowRequest } from '../../src/dma/flow-spec.ts';
import type { RunResult } from '../../src/experiment/run-result.ts';
import { linkRate } from '../../src/pcie/generation.ts';
import { chain, linkOf, nodeOf, portOf } from '../../src/system/ancestry.ts';
import type { EndpointPart } from '../../src/system/part.ts';
import type { Link, System } from '../../src/system/system.ts';
import { bytesPerSecond, parseTime } from '../../src/units.ts';
import { flow, measure, type Measured, type MeasuredFlow } from '../support/measured-run.ts';
import { device, measuredSystem, pcieSwitch } from '../support/measured-system.ts';
import { randomRun } from '../support/measured-random.ts';

const RUNS = { numRuns: 200, seed: 20_261_125 };

/** Ports whose links every way between two ends takes, whatever ACS says: those of one end's chain that the other's has not. */
function linksBetween(system: System, a: string, b: string): readonly string[] {
  const portsAbove = (id: string): readonly string[] =>
    id.startsWith('mem:') ? [] : chain(system, id).flatMap((node) => portOf(system, node.id)?.id ?? []);
  const [ofA, ofB] = [new Set(portsAbove(a)), new Set(portsAbove(b))];
  return [...ofA].filter((id) => !ofB.has(id)).concat([...ofB].filter((id) => !ofA.has(id)));
}

const partOf = (system: System, id: string): EndpointPart =>
  (nodeOf(system, id) as { part: EndpointPart }).part;

/** What of a link's bytes can be payload: the largest TLP that the flow may have, and the bytes around it. */
function payloadShare(system: System, { from, to, op }: FlowRequest): number {
  const initiator = partOf(system, (op === 'read' ? to : from)[0] as string);
  const { writeChunk, mps, headerDoubleWords } = initiator.dma;
  const payload = op === 'read' ? mps : Math.min(writeChunk, mps);
  return payload / (payload + 8 + (op === 'read' ? 12 : 4 * headerDoubleWords));
}

/** Rate of the narrowest link that all of a flow's data must cross, in GB/s of payload. */
function closedForm(system: System, request: FlowRequest): number {
  const [one, many] = request.op === 'read' ? [request.to, request.from] : [request.from, request.to];
  const ways = many.map((target) => linksBetween(system, one[0] as string, target));
  const common = (ways[0] ?? []).filter((port) => ways.every((way) => way.includes(port)));
  const rates = common.map((id) => {
    const { generation, width } = (linkOf(system, id) as Link).current;
    return linkRate(generation, width) / 1e9;
  });
  return Math.min(...rates) * payloadShare(system, request);
}

const wanted = ({ size, transfers }: FlowRequest): number => size * (transfers as number);

function checkFlow(system: System, request: FlowRequest, { result, arrivals }: MeasuredFlow): void {
  expect(result.refused).toBeUndefined();
  expect(arrivals.bytes).toBe(wanted(request));
  expect(result.bytes).toBe(wanted(request));
  expect(arrivals.transfers).toBe(request.transfers);
  const goodput = result.goodput_GBps ?? NaN;
  expect(Math.abs(goodput / arrivals.goodput_GBps - 1)).toBeLessThan(1e-9);
  expect(goodput).toBeLessThanOrEqual(closedForm(system, request) * 1.0005);
}

function checkShares({ links, flows }: RunResult): void {
  for (const { utilisation } of links) {
    expect(utilisation).toBeGreaterThanOrEqual(0);
    expect(utilisation).toBeLessThanOrEqual(1);
  }
  for (const { limitedBy } of flows) {
    for (const { share } of limitedBy) expect(share).toBeGreaterThanOrEqual(0);
    expect(Math.abs(limitedBy.reduce((sum, { share }) => sum + share, 0) - 1)).toBeLessThanOrEqual(1e-9);
  }
}

test('any traffic on any machine arrives whole, no faster than its narrowest link carries; no link and no time is used twice', () => {
  fc.assert(
    fc.property(randomRun, ({ system, flows, seed }) => {
      const { result, flows: measured } = measure(system, flows, { seed });
      for (const [i, request] of flows.entries()) checkFlow(system, request, measured[i] as MeasuredFlow);
      checkShares(result);
    }),
    RUNS,
  );
});

test('no link and no time is used twice when time cuts the run off', () => {
  fc.assert(
    fc.property(randomRun, fc.integer({ min: 1, max: 5000 }), ({ system, flows, seed }, until) =>
      checkShares(measure(system, flows, { seed, until: `${until} ns` }).result),
    ),
    { ...RUNS, numRuns: 100 },
  );
});

test('a device that answers reads meanwhile starts each write when the one before has arrived', () => {
  const ends = ['near', 'far'].map((id) => device(id, 'gen5x16', { port: { phy_latency: '50 ns' } }));
  const system = measuredSystem({
    below: [pcieSwitch('sw', 'gen5x16', ends, { numbers: { latency: '100 ns' } })],
  });
  const writes = flow('near', 'far', 256, { transfers: 40 });
  const reads = flow('near', 'far', 64, {
    op: 'read',
    transfers: 100,
    rate: bytesPerSecond(0.2e9),
    id: 'reads',
  });
  const alone = measure(system, [writes]).result.flows[0]?.latency_ns;
  const beside = measure(system, [writes, reads]).result.flows[0]?.latency_ns;
  // a write may find one completion of 84 B on the link, no more
  expect(beside?.p99 ?? NaN).toBeLessThanOrEqual((alone?.p99 ?? NaN) + 84 / 63);
});

test('a write that is wished late starts when it is wished, whatever its device has answered before', () => {
  const system = measuredSystem({
    below: [pcieSwitch('sw', 'gen1x1', [device('near', 'gen1x1'), device('far', 'gen1x1')])],
  });
  const read = flow('near', 'far', 8192, { op: 'read', transfers: 1, id: 'read' });
  const late = flow('near', 'far', 4096, { transfers: 1, rate: bytesPerSecond(0.1e9), id: 'late' });
  const [alone] = measure(system, [late]).flows;
  const [beside] = measure(system, [late, read]).flows;
  expect(beside?.result.latency_ns).toEqual(alone?.result.latency_ns);
});

/** Memory so far away that nothing of `long` arrives within the 2 us; `short` crosses other links, from 1.5 us on. */
function cutOff(): Measured {
  const far = { memory: { write: { latency: '3 us' } } };
  const pair = pcieSwitch('sw', 'gen3x4', [device('b', 'gen3x4'), device('c', 'gen3x4')]);
  const system = measuredSystem({ cpu: { scopes: far }, below: [device('a', 'gen3x4'), pair] });
  const long = flow('a', 'mem:s0', 65_536, { depth: 4, id: 'long' });
  const short = flow('b', 'c', 256, { id: 'short', start: parseTime('1500 ns') });
  return measure(system, [long, short], { until: '2 us' });
}

describe('a run that time cuts off', () => {
  test('counts nothing that arrives later', () => {
    const { result } = cutOff();
    expect(result.flows[0]).toMatchObject({ bytes: 0, goodput_GBps: null });
    expect(result.flows[1]?.bytes).toBeGreaterThan(0);
    expect(result.end_ps).toBeLessThanOrEqual(2e6);
  });

  test('shows a link as full that was never free, though nothing has arrived over it yet', () => {
    const link = cutOff().result.links.find(({ from }) => from === 'a');
    expect(link?.utilisation).toBeLessThanOrEqual(1);
    expect(link?.utilisation).toBeGreaterThan(0.99);
  });
});
