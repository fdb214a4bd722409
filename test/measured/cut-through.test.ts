import { describe, expect, test } from 'vitest';
import { type FlowRequest, flowSpec } from '../../src/dma/flow-spec.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { PassageFact } from '../../src/fabric/facts.ts';
import { assemble } from '../../src/fabric/assemble.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { type Generation, linkRate, type Width } from '../../src/pcie/generation.ts';
import type { System } from '../../src/system/system.ts';
import { flow, measure } from '../support/measured-run.ts';
import {
  type Below,
  device,
  type LinkText,
  measuredSystem,
  type Numbers,
  pcieSwitch,
} from '../support/measured-system.ts';

/*
 * A cut-through switch sends a TLP on when its head has come and the latency has passed, and never so early that its tail would
 * be missing: from a slow link into a fast one it waits for nearly all of it (DESIGN, section 3, a switch).
 */
const LATENCY = 115_000;
const FLIGHT = 20_000;
const PORT: Numbers = { phy_latency: '10 ns' };
const runner = new Runner();
const profile = loadKernelProfile();

/** Time of a TLP on a link, in ps. */
function wire(link: LinkText, payload: number, overhead = 24): number {
  const [, generation, width] = /^gen(\d)x(\d+)$/.exec(link) ?? [];
  const rate = linkRate(Number(generation) as Generation, Number(width) as Width);
  return Math.round(((payload + overhead) * 1e12) / rate);
}

const chip = (id: string, link: LinkText, below: readonly Below[]): Below =>
  pcieSwitch(id, link, below, { numbers: { port: PORT, latency: '115 ns' } });
const end = (id: string, link: LinkText, payload = 256): Below =>
  device(id, link, { port: PORT, dma: { write_chunk: `${payload} B` }, completer: { latency: '50 ns' } });

/** `a`, `b` and `c` below one switch, `c` on a link like that of `b`. */
const pair = (from: LinkText, to: LinkText, payload = 256): System =>
  measuredSystem({ below: [chip('sw', 'gen5x16', [end('a', from, payload), end('b', to), end('c', to)])] });

const CASES: readonly (readonly [LinkText, LinkText])[] = [
  ['gen5x4', 'gen5x16'],
  ['gen1x16', 'gen5x16'],
  ['gen3x8', 'gen4x16'],
  ['gen5x16', 'gen5x16'],
  ['gen5x16', 'gen5x4'],
  ['gen5x16', 'gen1x16'],
];

interface Passage {
  readonly output: string;
  readonly tlp: string;
  readonly tail: number;
}

/** Writes down when the tail of each TLP was at the far end of each channel. */
class PassageRecorder implements Recorder<PassageFact> {
  readonly passages: Passage[] = [];
  private readonly outputs: readonly { readonly id: string }[];

  constructor(system: System) {
    this.outputs = assemble(system).plan.outputs;
  }

  add({ output, class: kind, flow: number, serial, piece, tail }: PassageFact): void {
    const id = this.outputs[output]?.id ?? '';
    this.passages.push({ output: id, tlp: `${kind} ${number} ${serial} ${piece}`, tail });
  }
}

function passages(system: System, requests: readonly FlowRequest[]): readonly Passage[] {
  const recorder = new PassageRecorder(system);
  const flows = requests.map(flowSpec);
  runner.run({ system, profile, flows, seed: 'cut', until: null, recorders: { passages: [recorder] } });
  return recorder.passages;
}

/** Least time from a tail's arrival at the switch to its arrival at the end of the next link, and how many TLPs there were. */
function leastRest(all: readonly Passage[]): { readonly count: number; readonly least: number } {
  const atSwitch = new Map(all.filter(({ output }) => output.endsWith(':up')).map((p) => [p.tlp, p.tail]));
  const rests = all
    .filter(({ output }) => output.endsWith(':down'))
    .map(({ tlp, tail }) => tail - (atSwitch.get(tlp) ?? NaN));
  return { count: rests.length, least: Math.min(...rests) };
}

describe.each(CASES)('from %s into %s', (from, to) => {
  test.each([64, 128, 256])('a lone write of %i B comes as its head, or as its tail, allows', (payload) => {
    const [{ arrivals } = { arrivals: null }] = measure(pair(from, to, payload), [
      flow('a', 'b', payload, { transfers: 1 }),
    ]).flows;
    const [slow, fast] = [wire(from, payload), wire(to, payload)];
    const firstBit = FLIGHT + LATENCY + Math.max(0, slow - fast) + FLIGHT;
    expect((arrivals?.first_ns ?? NaN) * 1e3 - fast).toBeCloseTo(firstBit, 6);
  });

  test('no tail is at its end before it has been at the switch, and taken the rest of its way', () => {
    const loads = [
      flow('a', 'b', 4096, { transfers: 40, depth: 4 }),
      flow('c', 'b', 1000, { transfers: 100, depth: 4 }),
      flow('a', 'c', 512, { op: 'read', transfers: 50, depth: 8 }),
      flow('b', 'a', 300, { transfers: 100, depth: 4 }),
    ];
    const { count, least } = leastRest(passages(pair(from, to), loads));
    expect(count).toBeGreaterThan(1000);
    expect(least).toBeGreaterThanOrEqual(LATENCY + FLIGHT);
  });
});

test.each([
  [['gen1x4', 'gen5x16', 'gen3x8'], 256],
  [['gen5x16', 'gen2x4', 'gen5x16'], 256],
  [['gen3x4', 'gen4x8', 'gen5x16'], 64],
  [['gen5x16', 'gen4x16', 'gen3x16'], 128],
] as const)('over %s a write of %i B takes the sum over its links', (links, payload) => {
  const [first, middle, last] = links;
  const inner = chip('inner', middle, [end('a', first, payload)]);
  const system = measuredSystem({ below: [chip('outer', 'gen5x16', [inner, end('b', last)])] });
  let head = FLIGHT;
  let tail = FLIGHT + wire(first, payload);
  for (const link of [middle, last]) {
    const duration = wire(link, payload);
    tail = Math.max(head + LATENCY, tail + LATENCY - duration) + duration + FLIGHT;
    head = tail - duration;
  }
  const { flows } = measure(system, [flow('a', 'b', payload, { transfers: 1 })]);
  expect((flows[0]?.arrivals.first_ns ?? NaN) * 1e3).toBeCloseTo(tail, 6);
});

test('writes from a slow link hold a fast one no longer than those from a fast one', () => {
  const both = [flow('a', 'b', 65_536, { depth: 4 }), flow('c', 'b', 65_536, { depth: 4 })];
  const { flows } = measure(pair('gen5x4', 'gen5x16'), both, { until: '60 us' });
  const [slow = NaN, fast = NaN] = flows.map(({ arrivals }) => arrivals.rateWithin_GBps(10_000, 60_000));
  const line = (256 * 1e3) / wire('gen5x16', 256);
  expect(Math.abs(slow / ((256 * 1e3) / wire('gen5x4', 256)) - 1)).toBeLessThan(0.01);
  expect(Math.abs((slow + fast) / line - 1)).toBeLessThan(0.01);
});
