import { describe, expect, test } from 'vitest';
import { type FlowRequest, flowSpec } from '../../src/dma/flow-spec.ts';
import { inFlow, outFlow } from '../../src/dma/staging/staging-flows.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { RunResult } from '../../src/experiment/run-result.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { bytes, picoseconds } from '../../src/units.ts';
import { flow } from '../support/measured-run.ts';
import { apart, cpu, expectNear, flowOf, runStaged, staging } from '../support/measured-staging.ts';
import { device, measuredSystem } from '../support/measured-system.ts';

const profile = loadKernelProfile();
/** GB/s of a Gen4 x16 link: 16 lanes of 16 GT/s, 128b/130b. */
const LINK_GBPS = (16 * 16 * 128) / 130 / 8;

const other = (id: string, more: Partial<FlowRequest> = {}): FlowRequest =>
  flow('a', 'b', 1 << 20, { id, transfers: 4, depth: 2, ...more });

describe('a run with flows and staged flows', () => {
  test('says the same for the same seed', () => {
    const staged = [staging({ transfers: 4, depth: 2 }), staging({ id: 'back', from: 'b', to: 'a' })];
    const results = ['x', 'x'].map((seed) => runStaged(apart(), staged, { flows: [other('direct')], seed }));
    expect(results[0]).toEqual(results[1]);
    expect(
      new Runner().run({
        system: apart(),
        profile,
        flows: [flowSpec(other('direct'))],
        staged,
        seed: 'x',
        until: null,
      }),
    ).toEqual(results[0]);
  });

  test('has the flows first, then each staged one before its two DMAs', () => {
    const { flows } = runStaged(apart(), [staging()], { flows: [other('direct')] });
    expect(flows.map(({ id, op, legOf }) => [id, op, legOf])).toEqual([
      ['direct', 'write', undefined],
      ['f', 'staged', undefined],
      [inFlow('f'), 'write', 'f'],
      [outFlow('f'), 'read', 'f'],
    ]);
    expect(flowOf({ flows } as RunResult).routes).toEqual([
      ...(flows[2]?.routes ?? []),
      ...(flows[3]?.routes ?? []),
    ]);
  });

  test('lets both share what both need', () => {
    const load = { transfers: null, depth: 4 };
    const staged = [staging({ buffers: 16, ...load })];
    const until = '400 us';
    const { flows } = runStaged(apart(), staged, { flows: [other('direct', load)], until });
    const sum = (flows[0]?.goodput_GBps ?? Number.NaN) + (flows[1]?.goodput_GBps ?? Number.NaN);
    expectNear(sum, (LINK_GBPS * 256) / 280, 0.05);
    expect(flows[1]?.goodput_GBps).toBeLessThan(
      flowOf(runStaged(apart(), staged, { until })).goodput_GBps ?? Number.NaN,
    );
  });

  test('does not disturb a flow with which nothing is shared', () => {
    const system = measuredSystem({
      cpu,
      below: ['a', 'b', 'c', 'd'].map((id) => device(id, 'gen4x16')),
    });
    const apartFlow = flow('c', 'd', 1 << 20, { id: 'direct', transfers: 4 });
    const beside = runStaged(system, [staging()], { flows: [apartFlow] });
    expect(flowOf(beside, 'direct')).toEqual(flowOf(runStaged(system, [], { flows: [apartFlow] }), 'direct'));
    expect(flowOf(beside)).toEqual(flowOf(runStaged(system, [staging()])));
  });

  test('may share buffers as well, and waits for the drivers of both', () => {
    const system = measuredSystem({ cpu, below: ['a', 'b', 'c', 'd'].map((id) => device(id, 'gen4x16')) });
    const importer = {
      id: 'use',
      device: 'd',
      kind: 'gpu',
      op: 'write',
      size: bytes(4096),
      depth: 1,
      transfers: 9,
      job: 1,
      start: picoseconds(0),
    } as const;
    const buffer = {
      id: 'shared',
      exporter: 'c',
      kind: 'gpu',
      size: bytes(1 << 16),
      fallback: 'mem:s0',
      importers: [importer],
      steps: [],
    } as const;
    const both = runStaged(system, [staging()], { buffers: [buffer] });
    expect(flowOf(both)).toEqual(flowOf(runStaged(system, [staging()])));
    expect(both.buffers?.[0]?.importers[0]?.bytes).toBe(9 * 4096);
  });
});
