import { describe, expect, test } from 'vitest';
import { type FlowRequest, flowSpec } from '../../src/dma/flow-spec.ts';
import { StuckError } from '../../src/engine/stuck-error.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { RunResult } from '../../src/experiment/run-result.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { withRedirect } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, bytesPerSecond } from '../../src/units.ts';
import { flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem, pcieSwitch } from '../support/measured-system.ts';

const flat = loadSystem('wrx90-2sw-flat');
const GPUS = ['gpu0', 'gpu1', 'gpu4', 'gpu5'];

/** Each GPU copies to all others; its engine makes one copy at a time, in an order that it draws. */
const ALL_TO_ALL: readonly FlowRequest[] = GPUS.flatMap((from) =>
  GPUS.filter((to) => to !== from).map((to) => flow(from, to, 2048, { transfers: 3 })),
);
/** Writes wished as a Poisson process, each to one of several GPUs. */
const POISSON: readonly FlowRequest[] = [
  {
    ...flow('gpu0', 'gpu1', 2048, { transfers: 60 }),
    to: ['gpu1', 'gpu2', 'gpu4'],
    rate: bytesPerSecond(20e9),
  },
  { ...flow('gpu5', 'gpu1', 512, { transfers: 100 }), to: ['gpu1', 'mem:s0'], rate: bytesPerSecond(5e9) },
];
/** Nothing is drawn: each flow alone in its engine, always the same target. */
const DRAWLESS: readonly FlowRequest[] = [
  flow('gpu0', 'gpu4', 4096, { transfers: 12, depth: 3 }),
  flow('gpu1', 'gpu2', 2048, { transfers: 12, depth: 2, op: 'read' }),
  flow('gpu3', 'mem:s0', 1000, { transfers: 30, depth: 5 }),
];

const SCARCE: readonly FlowRequest[] = [
  flow('near', 'far', 2048, { transfers: 6, depth: 3 }),
  flow('far', 'near', 2048, { transfers: 6, depth: 3, op: 'read', id: 'pull' }),
];

const SPARSE: readonly FlowRequest[] = SCARCE.map((each) => ({ ...each, size: bytes(256), depth: 1 }));

/** Two devices below a switch that takes two posted writes at a time; their engines have two tags. */
function scarce(): System {
  const few = { headers: 2, data: 32 };
  const numbers = { latency: '100 ns', port: { credits: { posted: few, nonposted: few, completion: few } } };
  const below = ['near', 'far'].map((id) => device(id, 'gen5x16', { dma: { tags: 2 } }));
  return measuredSystem({ below: [pcieSwitch('sw', 'gen5x16', below, { numbers })] });
}

const SCENARIOS: readonly (readonly [name: string, system: System, requests: readonly FlowRequest[]])[] = [
  ['an all-to-all in drawn order', flat, ALL_TO_ALL],
  ['Poisson writes to drawn targets', flat, POISSON],
  ['writes and reads side by side', withRedirect(flat, 'all'), DRAWLESS],
  ['traffic that lacks credits and tags', scarce(), SCARCE],
  ['traffic that lacks nothing on the same machine', scarce(), SPARSE],
];

/** A result and every arrival behind it, as text. */
function log(system: System, requests: readonly FlowRequest[], runner: Runner, seed = 'one'): string {
  return JSON.stringify(measure(system, requests, { seed, runner }));
}

const goodputs = ({ flows }: RunResult): readonly (number | null)[] =>
  flows.map(({ goodput_GBps }) => goodput_GBps);

describe.each(SCENARIOS)('%s', (_, system, requests) => {
  test('is the same to the last digit and arrival in a second run', () => {
    const runner = new Runner();
    expect(log(system, requests, runner)).toBe(log(system, requests, runner));
  });

  test('is the same to the last digit and arrival in another engine', () => {
    expect(log(system, requests, new Runner())).toBe(log(system, requests, new Runner()));
  });

  test('is the same after any other run on the same engine', () => {
    const alone = log(system, requests, new Runner());
    const runner = new Runner();
    for (const [, other, flows] of SCENARIOS) {
      log(other, flows, runner, 'another');
      expect(log(system, requests, runner)).toBe(alone);
    }
  });

  test('is the same after a run that time cut off in the middle', () => {
    const alone = log(system, requests, new Runner());
    const runner = new Runner();
    for (const until of ['50 ns', '1200 ns']) {
      for (const [, other, flows] of SCENARIOS) {
        measure(other, flows, { runner, until });
        expect(log(system, requests, runner)).toBe(alone);
      }
    }
  });

  test('is the same after a run that got stuck', () => {
    const runner = new Runner();
    expect(() => measure(tooSmall(), [flow('near', 'far', 4096, { transfers: 1 })], { runner })).toThrow(
      StuckError,
    );
    expect(log(system, requests, runner)).toBe(log(system, requests, new Runner()));
  });

  test('has the same result without anybody who listens to arrivals', () => {
    const [runner, profile] = [new Runner(), loadKernelProfile()];
    const flows = requests.map(flowSpec);
    const quiet = runner.run({ system, profile, flows, seed: 'one', until: null });
    expect(quiet).toEqual(measure(system, requests, { seed: 'one', runner }).result);
  });
});

/** A switch whose data credits are fewer than one payload needs. */
function tooSmall(): System {
  const numbers = { port: { credits: { posted: { headers: 8, data: 16 } } } };
  const large = { dma: { mps: '512 B', write_chunk: '512 B' } };
  const below = [device('near', 'gen5x16', large), device('far', 'gen5x16', large)];
  return measuredSystem({ below: [pcieSwitch('sw', 'gen5x16', below, { numbers })] });
}

const withSeed = (requests: readonly FlowRequest[], seed: string): RunResult =>
  measure(flat, requests, { seed }).result;

describe('another seed', () => {
  test.each([
    ['an all-to-all in drawn order', ALL_TO_ALL],
    ['Poisson writes to drawn targets', POISSON],
  ])('gives another result for %s', (_, requests) => {
    const results = ['one', 'two', 'three'].map((seed) => JSON.stringify(goodputs(withSeed(requests, seed))));
    expect(new Set(results).size).toBe(3);
  });

  test('gives the same where nothing is drawn', () => {
    const one = withSeed(DRAWLESS, 'one');
    expect(withSeed(DRAWLESS, 'two')).toEqual({ ...one, seed: 'two' });
  });

  test('is named by the result', () => {
    expect(withSeed(DRAWLESS, 'two').seed).toBe('two');
  });
});
