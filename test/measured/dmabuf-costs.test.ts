import { describe, expect, test } from 'vitest';
import { EXPORTER_COSTS } from '../../src/dma/life/bill.ts';
import type { ImporterSpec } from '../../src/dma/life/life-spec.ts';
import type { LifeEventResult } from '../../src/experiment/run-result.ts';
import { ACS } from '../../src/pcie/acs.ts';
import { setAcsControl, setIommu, withRedirect } from '../../src/system/edit.ts';
import { bytes } from '../../src/units.ts';
import {
  ASK,
  DATA,
  FAULT,
  FILL,
  FLUSH,
  lifeMachine,
  MAP,
  onLink,
  PIECES,
  READ,
  SIZE,
  TABLE,
  UNMAP,
  WALK,
  WRITE,
  ZAP,
} from '../support/life-machine.ts';
import { eventOf, live, move, ps, shared, step, us, user } from '../support/measured-life.ts';

/** An Invalidate Request and its Completion, and a posted message has no credits to wait for. */
const INVALIDATION = onLink(16 + 8) + onLink(16);

const REDIRECT = ACS.RR | ACS.CR;
const PLAIN = lifeMachine({ table: TABLE });
const translated = (entries: number | 'none', acs = REDIRECT) =>
  setIommu(setAcsControl(lifeMachine({ table: TABLE, entries }), 'all', acs), 'translate', bytes(SIZE));

/** Ways of a device to the memory of its peer below the same switch. */
const WAYS = {
  'bus address': { system: PLAIN, iotlb: 0, atc: 0, map: 0 },
  'physical address': { system: withRedirect(PLAIN, 'all'), iotlb: 0, atc: 0, map: 0 },
  IOVA: { system: translated('none'), iotlb: UNMAP, atc: 0, map: MAP },
  'translated address': { system: translated(16), iotlb: UNMAP, atc: INVALIDATION, map: MAP },
};
type Way = keyof typeof WAYS;

/** What a table of each driver's device and its fault cost. */
const DRIVERS = {
  'page-fault': { zap: ZAP, fault: FAULT },
  iommufd: { zap: 0, fault: 0 },
  gpu: { zap: 0, fault: 0 },
};
type Driver = keyof typeof DRIVERS;

/** In ps, without those that are 0. */
function costsOf({ costs }: LifeEventResult): Readonly<Record<string, number>> {
  const all = Object.entries(costs).map(([cost, ns]) => [cost.replace('_ns', ''), ps(ns)] as const);
  return Object.fromEntries(all.filter(([, time]) => time !== 0));
}

const nonZero = (costs: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(costs).filter(([, time]) => time !== 0));

/** One revoke between two transfers of an importer that then waits, and an un-revoke after which it goes on. */
function quietRevoke(way: Way, changes: Partial<ImporterSpec>): LifeEventResult {
  const importer = user('a', { ...changes, size: bytes(4), op: 'read' });
  const life = live(WAYS[way].system, [shared([importer], [step(50, 'revoke'), step(100, 'unrevoke')])]);
  return eventOf(life, 'revoke');
}

describe('latencies of the table and of the kernel appear where they should and nowhere else', () => {
  test.each(
    Object.keys(WAYS).flatMap((way) =>
      Object.keys(DRIVERS).map((kind) => [way as Way, kind as Driver] as const),
    ),
  )('with a %s, under a %s driver', (way, kind) => {
    const { iotlb, atc, map } = WAYS[way];
    const { zap, fault } = DRIVERS[kind];
    const event = quietRevoke(way, { kind });
    const { drain_reads: drain = 0, stall, ...costs } = costsOf(event);
    const refault = fault;
    expect(costs).toEqual(nonZero({ fan_out: zap, iotlb, atc, refault, remap: map + FILL }));
    // the importer has nothing to post while it is revoked, and maps when the memory is back
    expect(stall).toBe(50e6 + fault + map + FILL);
    // of a read of 4 B something is left only where nothing is zapped meanwhile
    expect(drain).toBeLessThan(zap > 0 ? 1 : READ);
    const sum = EXPORTER_COSTS.reduce((all, cost) => all + ps(event.costs[`${cost}_ns`]), 0);
    expect(ps(event.total_ns)).toBe(sum);
  });
});

const tripOf = (importers: readonly ImporterSpec[]): number =>
  ps(eventOf(live(translated(16), [shared(importers, [step(50, 'revoke')])]), 'revoke').costs.atc_ns);

describe('an invalidation of what a device keeps of translations', () => {
  test('takes its round trip through the fabric, whatever the device did with the memory', () => {
    for (const op of ['read', 'write'] as const) expect(tripOf([user('a', { op })])).toBe(INVALIDATION);
  });

  test('takes longer behind what other traffic has queued on the way', () => {
    const late = { id: 'crowd', start: us(1), depth: 16, op: 'read' } as const;
    const crowd = shared([user('a', { ...late })], [], { id: 'other', exporter: 'far' });
    const life = live(translated(16), [shared([user('a')], [step(50.0001, 'revoke')]), crowd]);
    const trip = ps(eventOf(life, 'revoke').costs.atc_ns);
    expect(trip).toBeGreaterThan(INVALIDATION);
    expect(trip).toBeLessThan(INVALIDATION + 16 * PIECES * DATA);
  });
});

/** From the issue to the end of each transfer of `a@g`, after which it is mapped anew at `at` us. */
const latencies = (steps: Parameters<typeof shared>[1]): readonly number[] =>
  live(translated('none'), [shared([user('a')], steps)], 150).arrivals.flatMap(({ flow, issued, ended }) =>
    flow === 'a@g' && ended !== null ? [ended - issued] : [],
  );

describe('the IOTLB', () => {
  const PAGES = 16;
  // the root complex stores a TLP before it turns round; a walk begins with the head of a request, and hides that
  const [WALKED, KNOWN] = [READ + WALK + DATA, READ + ASK + DATA];
  const walks = (times: readonly number[]): number => times.filter((time) => time === WALKED).length;

  test('walks once for each page of a mapping', () => {
    const times = latencies([]);
    expect(times.slice(0, PAGES)).toEqual(Array(PAGES).fill(WALKED));
    expect(new Set(times.slice(PAGES))).toEqual(new Set([KNOWN]));
  });

  test.each([1, 2, 3])('walks again for each after %i unmaps', (unmaps) => {
    const steps = Array.from({ length: unmaps }, (_, i) => [
      step(30 * (i + 1), 'revoke'),
      step(30 * (i + 1) + 2, 'unrevoke'),
    ]);
    expect(walks(latencies(steps.flat()))).toBe((unmaps + 1) * PAGES);
  });

  test('is walked by no bus address', () => {
    const life = live(PLAIN, [shared([user('a')], [move(50, 'mem:s0'), move(100, 'g')])]);
    expect(
      walks(life.arrivals.flatMap(({ issued, ended }) => (ended === null ? [] : [ended - issued]))),
    ).toBe(0);
  });
});

/** Payload per time of what arrived between two microseconds. */
function rate(life: ReturnType<typeof live>, from: number, to: number): number {
  const within = life.arrivals.filter(
    ({ time, flow }) => time >= us(from) && time < us(to) && !flow.includes('flush'),
  );
  return within.reduce((sum, { payload }) => sum + payload, 0) / (us(to) - us(from));
}

describe('throughput', () => {
  test.each([
    ['read', DATA, onLink(12 + 256, 'gen3x4')],
    ['write', WRITE, onLink(16 + 256, 'gen3x4')],
  ] as const)('of a %s is that of the link of the place where the memory is', (op, atMemory, atDevice) => {
    const steps = [move(100, 'mem:s0'), move(400, 'g')];
    const life = live(lifeMachine({ gpu: 'gen3x4' }), [shared([user('a', { op, depth: 16 })], steps)], 600);
    for (const [from, to, piece] of [
      [40, 90, atDevice],
      [200, 390, atMemory],
      [500, 590, atDevice],
    ] as const)
      expect(Math.abs((rate(life, from, to) * piece) / 256 - 1)).toBeLessThan(2e-3);
  });

  test('of one read at a time is its round trip', () => {
    const life = live(PLAIN, [shared([user('a')], [move(100, 'mem:s0')])]);
    expect(Math.abs((rate(life, 20, 90) * READ) / SIZE - 1)).toBeLessThan(5e-3);
    const far = READ - 300_000 + 200_000;
    expect(Math.abs((rate(life, 130, 200) * far) / SIZE - 1)).toBeLessThan(7e-3);
  });
});

test('the read behind posted writes takes the way of any read', () => {
  const life = live(PLAIN, [shared([user('a', { op: 'write' })], [step(50, 'revoke')])]);
  expect(ps(eventOf(life, 'revoke').costs.drain_writes_ns)).toBe(FLUSH);
  expect(ASK).toBeLessThan(FLUSH);
});
