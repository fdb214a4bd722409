import { describe, expect, it } from 'vitest';
import { flowStatistics, STATISTICS_COLUMNS } from '../../src/experiment/flow-statistics.ts';
import type { FlowResult, LimitShare, RunResult } from '../../src/experiment/run-result.ts';

const limits = (shares: Readonly<Record<string, number>>): readonly LimitShare[] =>
  Object.entries(shares).map(([resource, share]) => ({ resource, share }));

const FLOW: FlowResult = {
  id: 'f',
  from: 'gpu0',
  to: 'gpu1',
  op: 'write',
  bytes: 3000,
  goodput_GBps: 30,
  ci95_GBps: null,
  latency_ns: { p50: 2500, p99: 4000, mean: 2600 },
  limitedBy: limits({ 'link:rp0:up': 0.6, none: 0.3, 'tags:gpu0': 0.1 }),
  routes: [],
};

const SLOW: FlowResult = {
  ...FLOW,
  bytes: 1000,
  goodput_GBps: 10,
  latency_ns: { p50: 1000, p99: 9000, mean: 2000 },
  limitedBy: limits({ 'copies:gpu2': 0.55, 'link:rp0:up': 0.4, none: 0.05 }),
};

const REFUSED: FlowResult = {
  ...FLOW,
  bytes: 0,
  goodput_GBps: null,
  latency_ns: null,
  limitedBy: [],
  refused: 'no',
};

const result = (end_ps: number, ...flows: readonly FlowResult[]): RunResult => ({
  system: 'some',
  kernel: 'linux-7.3',
  seed: '1',
  accounting: 'wire',
  end_ps,
  events: 1,
  tlps: 1,
  flows,
  links: [],
  queues: [],
  models: [],
  caveats: [],
});

describe('what flows do together', () => {
  it('is all bytes by the whole time, their own rates, their fairness, worst latency and main limit', () => {
    const { share, jain, ...rest } = flowStatistics(result(200_000, FLOW, SLOW));
    expect(rest).toEqual({
      flows: 2,
      together_GBps: 20,
      mean_GBps: 20,
      least_GBps: 10,
      most_GBps: 30,
      p99_us: 9,
      limitedBy: 'link:rp0:up',
    });
    expect(jain).toBeCloseTo(0.8, 12);
    expect(share).toBeCloseTo(0.5, 12);
  });

  it('counts refused flows as flows that add nothing', () => {
    const { share, jain, ...rest } = flowStatistics(result(200_000, FLOW, REFUSED, SLOW));
    expect(rest).toEqual({
      flows: 3,
      together_GBps: 20,
      mean_GBps: 20,
      least_GBps: 10,
      most_GBps: 30,
      p99_us: 9,
      limitedBy: 'link:rp0:up',
    });
    expect(jain).toBeCloseTo(0.8, 12);
    expect(share).toBeCloseTo(1 / 3, 12);
  });

  it('has no rate where all are refused', () => {
    expect(flowStatistics(result(0, REFUSED))).toEqual({
      flows: 1,
      together_GBps: null,
      mean_GBps: null,
      least_GBps: null,
      most_GBps: null,
      jain: null,
      p99_us: null,
      limitedBy: 'none',
      share: 0,
    });
  });

  it('has no latency where no transfer has ended', () => {
    expect(flowStatistics(result(100_000, { ...FLOW, latency_ns: null }))).toMatchObject({
      together_GBps: 30,
      p99_us: null,
    });
  });

  it('of resources with the same share is limited by the first in the alphabet', () => {
    const tied = { ...FLOW, limitedBy: limits({ 'link:sw1:up': 0.5, 'link:rp0:up': 0.5 }) };
    expect(flowStatistics(result(1, tied))).toMatchObject({ limitedBy: 'link:rp0:up', share: 0.5 });
  });

  it('has a column for each of its numbers that is shown, and one for the bound', () => {
    const fields = Object.keys({ ...flowStatistics(result(1, FLOW)), bound_GBps: 1 });
    expect(fields).toEqual(expect.arrayContaining(STATISTICS_COLUMNS.map(({ field }) => field)));
  });
});
