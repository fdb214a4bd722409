import { describe, expect, test } from 'vitest';
import type { DeviceCaps } from '../../src/experiment/benchmarks/device-caps.ts';
import { fluidBaseline } from '../../src/experiment/validation/fluid-baseline.ts';
import type { Ends, MeasuredRow } from '../../src/experiment/validation/measured-row.ts';
import type { System } from '../../src/system/system.ts';
import { measuredRow } from '../support/measured-rows.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/** Gen5 x16 in GB/s, and what it carries of payload in writes (24 B around 256) and completions (20 B around 256). */
const RAW = 16 * 3.938462;
const WRITES = (RAW * 256) / 280;
const READS = (RAW * 256) / 276;

const IDS = ['a', 'b', 'c', 'd'];

/** Four devices below one switch on Gen5 x16, and `x` on a root port of its own. */
const machine = (numbers: Numbers = {}, cpu: Numbers = {}): System =>
  measuredSystem({
    cpu,
    below: [
      pcieSwitch(
        'sw',
        'gen5x16',
        IDS.map((id) => device(id, 'gen5x16', numbers)),
      ),
      device('x', 'gen5x16', numbers),
    ],
  });

const NONE: DeviceCaps = new Map();

const baseline = (changes: Partial<MeasuredRow>, system = machine(), caps = NONE): number =>
  fluidBaseline({ row: measuredRow(changes), system, caps }) ?? Number.NaN;

const flows = (...pairs: readonly string[]): readonly Ends[] =>
  pairs.map((pair): Ends => [pair[0] ?? '', pair[1] ?? '']);

describe('the fluid baseline in the steady state', () => {
  test('is the link with full packets, 24 B around writes and 20 B around completions', () => {
    expect(baseline({ flows: flows('ab') })).toBeCloseTo(WRITES, 4);
    expect(baseline({ flows: flows('ab'), op: 'read' })).toBeCloseTo(READS, 4);
    expect(baseline({ flows: flows('ab'), op: 'copy' })).toBeCloseTo(WRITES, 4);
  });

  test('has packets of the transfer where that is less than MPS: 64 B of 88', () => {
    expect(baseline({ flows: flows('ab'), transfer_bytes: 64 })).toBeCloseTo((RAW * 64) / 88, 4);
  });

  test('has completions of the size that the completer states: 128 B of 148', () => {
    const system = machine({ completer: { completion_chunk: '128 B' } });
    expect(baseline({ flows: flows('ab'), op: 'read' }, system)).toBeCloseTo((RAW * 128) / 148, 4);
  });

  test('counts 16 B around the payload of a write where links carry flits', () => {
    const system = measuredSystem({ below: [device('a', 'gen6x16'), device('b', 'gen6x16')] });
    const raw = (16 * 8 * 236) / 256;
    expect(baseline({ flows: flows('ab') }, system)).toBeCloseTo((raw * 256) / 272, 4);
  });

  test('sums both directions, which do not share a link', () => {
    expect(baseline({ flows: flows('ab', 'ba'), mode: 'bi_sum' })).toBeCloseTo(2 * WRITES, 4);
  });

  test('is the mean of the flows that count, while others share their links', () => {
    const shared = {
      flows: flows('ac', 'bd'),
      background_flows: flows('dc'),
      mode: 'per_flow_mean',
    } as const;
    expect(baseline(shared)).toBeCloseTo((WRITES / 2 + WRITES) / 2, 4);
  });

  test('lets three flows into one link share it, and a fourth have what is left of another: r/3 x 3 + 2r/3', () => {
    const many = { flows: flows('ad', 'bd', 'cd', 'cb'), mode: 'concurrent_sum' } as const;
    expect(baseline(many)).toBeCloseTo((5 * WRITES) / 3, 4);
  });

  test('is capped where the root complex is, for reads and writes apart', () => {
    const cpu = { scopes: { other_host_bridge: { write: { rate: '38 GB/s' } } } };
    expect(baseline({ flows: flows('ax') }, machine({}, cpu))).toBeCloseTo(38, 4);
    expect(baseline({ flows: flows('ax'), op: 'read' }, machine({}, cpu))).toBeCloseTo(READS, 4);
  });

  test('is capped by the gap that an engine keeps between requests: 256 B each 10 ns', () => {
    const system = machine({ dma: { issue_gap: '10 ns' } });
    expect(baseline({ flows: flows('ab', 'ac'), mode: 'concurrent_sum' }, system)).toBeCloseTo(25.6, 4);
  });

  test('has that gap for reads and writes apart: 512 B and 256 B each 10 ns', () => {
    const row: Partial<MeasuredRow> = {
      op: 'host_both_ways',
      mode: 'bi_sum',
      flows: [
        ['mem:s0', 'x'],
        ['x', 'mem:s0'],
      ],
    };
    expect(baseline(row, machine({ dma: { issue_gap: '10 ns' } }))).toBeCloseTo(51.2 + 25.6, 4);
  });

  test('is capped by the rates that a tree states of drives and networks, each direction apart', () => {
    const caps: DeviceCaps = new Map([['a', { gives: 7, takes: 4 }]]);
    const both = { flows: flows('ab', 'ba'), mode: 'bi_sum' } as const;
    expect(baseline({ flows: flows('ab'), op: 'storage_read' }, machine(), caps)).toBeCloseTo(7, 4);
    expect(baseline(both, machine(), caps)).toBeCloseTo(11, 4);
    const two = { flows: flows('ab', 'ac'), mode: 'concurrent_sum' } as const;
    expect(baseline(two, machine(), caps)).toBeCloseTo(7, 4);
  });

  test('of host memory is the device that reads or writes it', () => {
    const to: Partial<MeasuredRow> = { op: 'host_to_device', flows: [['mem:s0', 'x']] };
    expect(baseline(to)).toBeCloseTo(READS, 4);
    const both: Partial<MeasuredRow> = {
      op: 'host_both_ways',
      mode: 'bi_sum',
      flows: [
        ['mem:s0', 'x'],
        ['x', 'mem:s0'],
      ],
    };
    expect(baseline(both)).toBeCloseTo(READS + WRITES, 4);
  });
});

describe('the fluid baseline of equal bytes', () => {
  const many = { flows: flows('ad', 'bd', 'cd', 'cb'), mode: 'concurrent_sum' } as const;

  test('shares anew when a flow has ended, and counts until the last has: 4 V in 3 V/r', () => {
    expect(baseline({ ...many, protocol: 'torch_copy_script' })).toBeCloseTo((4 * WRITES) / 3, 4);
  });

  test('counts each device until its slowest stream ends: r/3 + r/3 + 2r/3, and r for one that shares nothing', () => {
    const by = { protocol: 'p2pmark_all_to_all', mode: 'concurrent_sum' } as const;
    expect(baseline({ ...many, ...by })).toBeCloseTo((4 * WRITES) / 3, 4);
    expect(baseline({ flows: flows('ad', 'bd', 'cd', 'da'), ...by })).toBeCloseTo(2 * WRITES, 4);
  });
});

describe('the fluid baseline of latencies', () => {
  const timed = { unit: 'ns', protocol: 'p2pmark_latency', op: 'read', transfer_bytes: 128 } as const;
  const slow = machine({ completer: { latency: '500 ns' } });

  test('is the serialisation of request and completion and the latency of the completer, without queueing', () => {
    // Cut-through: 24 B up and 148 B down, at Gen5 x16.
    expect(baseline({ ...timed, flows: flows('ba') }, slow)).toBeCloseTo(500 + (24 + 148) / RAW, 1);
  });

  test('of a flag is half of the round trip: one way of a write of 4 B in 28', () => {
    const flag = { ...timed, protocol: 'flag_ping_pong', op: 'write', transfer_bytes: 4 } as const;
    expect(baseline({ ...flag, flows: flows('ab') }, slow)).toBeCloseTo(28 / RAW, 1);
  });
});

/** The machine whose device `x` is a NIC. */
function withNic(): System {
  const system = machine();
  const node = system.nodes['x'];
  if (node?.kind !== 'endpoint') throw new Error('x is no endpoint');
  return { ...system, nodes: { ...system.nodes, x: { ...node, deviceKind: 'nic' } } };
}

test('a message between hosts goes as fast as the slower of the two hosts', () => {
  const caps: DeviceCaps = new Map([['x', { gives: 25, takes: 100 }]]);
  const row = { op: 'rdma', flows: flows('ax'), protocol: 'perftest_bw' } as const;
  expect(baseline(row, withNic(), caps)).toBeCloseTo(25, 4);
  expect(baseline(row, withNic())).toBeCloseTo(WRITES, 4);
});

test('the fluid baseline says nothing of kernel verdicts, nor of flows without a way', () => {
  const row = measuredRow({ op: 'map_type', unit: 'enum', value: 'BUS_ADDR', flows: flows('ab') });
  expect(fluidBaseline({ row, system: machine(), caps: NONE })).toBeNull();
  const refusing = machine({}, { scopes: { other_host_bridge: { carries: 'writes' } } });
  const read = measuredRow({ op: 'read', flows: flows('ax') });
  expect(fluidBaseline({ row: read, system: refusing, caps: NONE })).toBeNull();
});
