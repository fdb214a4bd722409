import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/engine/random-stream.ts';
import { referenceRun } from './reference-run.ts';
import type { RunLog } from './run-log.ts';
import { type SmallMachine, smallPlan } from './small-plan.ts';

const run = (machine: Omit<SmallMachine, 'endpoints'>): RunLog =>
  referenceRun(smallPlan({ endpoints: 2, ...machine }), '1');

const times = (channel: string, { lines }: RunLog): readonly number[] =>
  lines.filter((line) => line.endsWith(` ${channel}`)).map((line) => Number(line.split(' ')[0]));

const IOMMU = { entries: 8, hitLatency: 100, walkLatency: 5000, walks: 1 };
/** Writes of 64 B, each to a page of its own if it is at an address of its own. */
const PAGED = { from: 0, to: 1, destination: { pages: { bytes: 64, first: 7 } } };

/** Arrivals of four writes whose heads come at 1000, 1088, ..., to two pages by turns. */
const fourWrites = (iommu: Partial<typeof IOMMU>): readonly number[] =>
  times(
    'd1',
    run({
      ports: { in0: { translation: { ...IOMMU, ...iommu } } },
      flows: [{ ...PAGED, region: 128, transfers: 4, load: { kind: 'closed', depth: 4 } }],
    }),
  );

describe('an IOMMU', () => {
  it('walks for a page at a time, while others that want the page wait for the same walk', () => {
    expect(fourWrites({})).toEqual([7088, 12088, 12176, 12264]);
  });

  it('has no page before its walk has ended', () => {
    const in0 = { virtualOutputs: true, translation: IOMMU };
    const log = run({ ports: { in0 }, flows: [PAGED, { ...PAGED, to: 0 }] });
    expect(log.lines.slice(-2)).toEqual(['7088 1.0w0 d0', '7088 0.0w0 d1']);
  });

  it('walks for as many pages at a time as it has walkers', () => {
    expect(fourWrites({ walks: 2 })).toEqual([7088, 7176, 7264, 7352]);
  });

  it('forgets the page that has not been used for longest', () => {
    expect(fourWrites({ entries: 1 })).toEqual([7088, 12088, 17088, 22088]);
  });

  it('keeps a page by its use', () => {
    // pages 0, 1, 0, 2, 0: the third use of page 0 would be a miss if the first had put it in its place
    const flows = [0, 1, 0, 2, 0].map((first, i) => {
      const destination = { pages: { bytes: 64, first } };
      return { ...PAGED, start: i * 10_000, destination };
    });
    const log = run({ ports: { in0: { translation: { ...IOMMU, entries: 2 } } }, flows });
    expect(times('d1', log)).toEqual([7088, 17088, 22188, 37088, 42188]);
  });

  it('answers at its hit latency what it knows', () => {
    const flows = [{ ...PAGED, transfers: 2 }];
    const log = run({ ports: { in0: { translation: IOMMU } }, flows });
    expect(times('d1', log)).toEqual([7088, 7088 + 2188]);
  });

  it('looks a TLP up once, before it is cut', () => {
    const flows = [{ ...PAGED, size: 256, chunk: 256 }];
    const log = run({ ports: { in0: { translation: IOMMU } }, outputs: { d1: { recut: 64 } }, flows });
    expect(times('d1', log)).toEqual([7088, 7176, 7264, 7352]);
  });

  it('translates neither completions nor what has no IOVA', () => {
    const read = { ...PAGED, from: 1, to: 0, op: 'read', start: 10_000 } as const;
    const flows = [{ from: 0, to: 1 }, read];
    // the request comes by the port of endpoint 1, its completion by that of endpoint 0
    const log = run({ ports: { in0: { translation: IOMMU } }, flows });
    expect(times('d1', log)).toEqual([2088, 14_108]);
  });
});

const FIRST_USE = 7088;
const USE = 2188;
/** Latency of each of eight transfers, one after the other. */
const latencies = (region: number, access: 'sequential' | 'random'): readonly number[] => {
  const flows = [{ ...PAGED, region, access, transfers: 8 }];
  const at = times('d1', run({ ports: { in0: { translation: IOMMU } }, flows }));
  return at.map((time, i) => time - (at[i - 1] ?? 0));
};
const firstUses = (places: readonly number[]): readonly number[] =>
  places.map((place, i) => (places.indexOf(place) === i ? FIRST_USE : USE));

describe('the addresses of a flow', () => {
  it('are one transfer after the other in its region, and again from the first', () => {
    expect(latencies(250, 'sequential')).toEqual(firstUses([0, 1, 2, 0, 1, 2, 0, 1]));
    expect(latencies(64, 'sequential')).toEqual(firstUses([0, 0, 0, 0, 0, 0, 0, 0]));
    expect(latencies(10, 'random')).toEqual(firstUses([0, 0, 0, 0, 0, 0, 0, 0]));
  });

  it('are drawn from a stream of their own where access is random', () => {
    const stream = new RandomStream('1', 'flow:f0:address');
    const drawn = Array.from({ length: 8 }, () => stream.below(5));
    expect(new Set(drawn).size).toBeGreaterThan(1);
    expect(latencies(320, 'random')).toEqual(firstUses(drawn));
  });
});

describe('atomics', () => {
  const two = {
    from: 0,
    to: 1,
    op: 'atomic',
    size: 16,
    chunk: 8,
    destination: { completerLatency: 500 },
  } as const;

  it('carry data there and back, and take data credits', () => {
    const credits = { headers: null, data: null };
    const u0 = { credits: { posted: credits, nonposted: { headers: null, data: 1 }, completion: credits } };
    expect(run({ outputs: { u0 }, flows: [two] })).toEqual({
      lines: [
        '1032 0.0r0 u0',
        '2032 0.0r0 d1',
        '2064 0.1r0 u0',
        '3064 0.1r0 d1',
        '3560 0.0c0 u1',
        '4560 0.0c0 d0',
        '4592 0.1c0 u1',
        '5592 0.1c0 d0',
      ],
      flows: [{ bytes: 16, firstIssue: 0, latencies: [5592] }],
    });
  });

  it('count as outstanding bytes until they are answered', () => {
    const log = run({ engine: { outstandingBytes: 8 }, flows: [two] });
    expect(times('u0', log)).toEqual([1032, 4560 + 1032]);
    expect(times('u0', run({ engine: { tags: 1 }, flows: [two] }))).toEqual([1032, 4560 + 1032]);
    expect(times('u0', run({ engine: { outstandingBytes: 16 }, flows: [two] }))).toEqual([1032, 1064]);
  });
});
