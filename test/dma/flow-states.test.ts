import { describe, expect, it } from 'vitest';
import type { DestinationPlan, FlowPlan } from '../../src/dma/flow-plan.ts';
import { FlowStates } from '../../src/dma/flow-states.ts';
import { bytes, picoseconds } from '../../src/units.ts';

const DESTINATION: DestinationPlan = {
  requestWay: [0],
  completionWay: [],
  completer: 1,
  completerLatency: picoseconds(0),
  rcb: bytes(64),
  completionChunk: bytes(256),
  pages: null,
  ats: null,
};

const flow = (changes: Partial<FlowPlan>): FlowPlan => ({
  id: 'f',
  op: 'write',
  initiator: 0,
  destinations: [DESTINATION],
  spread: 'transfer',
  size: bytes(4096),
  region: bytes(4096),
  access: 'sequential',
  transfers: Infinity,
  load: { kind: 'closed', depth: 1 },
  start: picoseconds(0),
  invalidateEvery: null,
  chunk: bytes(256),
  headerBytes: bytes(16),
  relaxedOrdering: false,
  idBasedOrdering: false,
  ...changes,
});

function states(flows: readonly FlowPlan[], seed = '1'): FlowStates {
  const result = new FlowStates();
  result.reset(flows, seed);
  return result;
}

const take = (of: FlowStates, count: number, index = 0): readonly number[] =>
  Array.from({ length: count }, () => of.takeWish(index));

describe('a closed load', () => {
  const closed = flow({
    load: { kind: 'closed', depth: 2 },
    start: picoseconds(100),
    transfers: 4,
  });

  it('wishes as many transfers as are under way at a time from its start, and one for each that has ended', () => {
    const flows = states([closed]);
    expect(take(flows, 2)).toEqual([100, 100]);
    expect(flows.nextWish(0)).toBe(Infinity);
    flows.complete(0, 900);
    expect(flows.nextWish(0)).toBe(900);
    flows.complete(0, 700);
    expect([flows.nextWish(0), ...take(flows, 2)]).toEqual([700, 700, 900]);
    flows.complete(0, 1000);
    expect(flows.nextWish(0)).toBe(Infinity);
  });

  it('of fewer transfers than its depth wishes no more than these', () => {
    const flows = states([flow({ load: { kind: 'closed', depth: 8 }, transfers: 1 })]);
    expect([flows.nextWish(0), ...take(flows, 1), flows.nextWish(0)]).toEqual([0, 0, Infinity]);
  });

  it('is unfinished until all its transfers have ended', () => {
    const flows = states([closed, flow({ id: 'one', transfers: 1 })]);
    expect(flows.unfinished()).toEqual(['f', 'one']);
    flows.complete(1, 10);
    for (let i = 0; i < 3; i++) flows.complete(0, 10);
    expect(flows.unfinished()).toEqual(['f']);
    flows.complete(0, 10);
    expect(flows.unfinished()).toEqual([]);
  });
});

describe('an open load', () => {
  const open = flow({
    id: 'open',
    load: { kind: 'open', meanGap: picoseconds(80_000) },
    start: picoseconds(5_000),
  });

  it('wishes transfers as a Poisson process from its start, whatever has ended', () => {
    const [flows, other] = [states([open]), states([open])];
    const wishes = take(flows, 10_000);
    const gaps = wishes.map((wish, i) => wish - (wishes[i - 1] ?? 5_000));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(Math.abs(mean / 80_000 - 1)).toBeLessThan(0.04);
    expect(Math.abs(deviation / 80_000 - 1)).toBeLessThan(0.06);
    expect(wishes.every((wish) => Number.isInteger(wish))).toBe(true);
    const fromZero = take(states([{ ...open, start: picoseconds(0) }]), 10_000);
    expect(wishes).toEqual(fromZero.map((wish) => wish + 5_000));
    for (const wish of wishes.slice(0, 100)) {
      other.complete(0, 1);
      expect(other.takeWish(0)).toBe(wish);
    }
  });

  it('stops after its transfers', () => {
    const flows = states([{ ...open, transfers: 3 }]);
    take(flows, 3);
    expect(flows.nextWish(0)).toBe(Infinity);
  });

  it('wishes at the same times whoever else there is, at others with another seed or name', () => {
    const wishes = take(states([open]), 50);
    expect(take(states([flow({}), { ...open, id: 'stranger' }, open]), 50, 2)).toEqual(wishes);
    expect(take(states([open], '2'), 50)).not.toEqual(wishes);
    expect(take(states([{ ...open, id: 'x' }]), 50)).not.toEqual(wishes);
  });

  it('is as new after a reset', () => {
    const flows = states([open]);
    const wishes = take(flows, 50);
    flows.reset([open], '1');
    expect(take(flows, 50)).toEqual(wishes);
  });

  it('with one destination draws nothing for it', () => {
    const flows = states([open]);
    const drawing = take(states([open]), 50).map((wish) => [0, wish]);
    expect(drawing.map(() => [flows.drawDestination(0), flows.takeWish(0)])).toEqual(drawing);
  });
});

it('a flow of several destinations draws each of them about equally often', () => {
  const flows = states([flow({ destinations: [DESTINATION, DESTINATION, DESTINATION] })]);
  const counts = [0, 0, 0];
  for (let i = 0; i < 9_000; i++) {
    const drawn = flows.drawDestination(0);
    counts[drawn] = (counts[drawn] as number) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 3_000)).toBeLessThan(4 * Math.sqrt(2_000));
});

it('requests are numbered flow by flow', () => {
  const flows = states([flow({}), flow({ id: 'g' })]);
  expect([0, 0, 1, 0, 1].map((index) => flows.nextSerial(index))).toEqual([0, 1, 0, 2, 1]);
});
