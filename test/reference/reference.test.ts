import { describe, expect, it } from 'vitest';
import { referenceRun } from './reference-run.ts';
import { type SmallMachine, smallPlan } from './small-plan.ts';

type Link = NonNullable<SmallMachine['outputs']>[string];

const lines = (machine: SmallMachine): readonly string[] => referenceRun(smallPlan(machine), '1').lines;

/** What comes over a link by which one flow writes so much, 64 B (88 B on the wire) at a time. */
const overLink = (link: Link, size: number, sharedBuffers: readonly number[] = []): readonly string[] =>
  lines({
    endpoints: 2,
    outputs: { u0: link },
    sharedBuffers,
    flows: [{ from: 0, to: 1, size, over: 'link' }],
  });

/** TLPs and channels, without times. */
const names = (log: readonly string[]): readonly string[] =>
  log.map((line) => line.replace(/^\d+ /, '')).sort();
const times = (log: readonly string[]): readonly number[] => log.map((line) => Number(line.split(' ')[0]));
const only = (number: number | null) => {
  const credits = { headers: number, data: null };
  return { posted: credits, nonposted: credits, completion: credits };
};

describe('a link', () => {
  it('delivers a TLP after its bytes with their framing, and the flight', () => {
    expect(overLink({}, 160)).toEqual(['1088 0.0w0 u0', '1176 0.1w0 u0', '1232 0.2w0 u0']);
  });

  it('delivers at the end of a flit the TLPs that end in it', () => {
    const log = lines({
      endpoints: 2,
      outputs: { u0: { flitTime: 100, framing: 0 } },
      flows: [{ from: 0, to: 1, size: 96, chunk: 24, over: 'link' }],
    });
    expect(times(log)).toEqual([1100, 1100, 1200, 1200]);
  });

  it('lets a TLP go on at the end of the flit in which its header ends', () => {
    const write = { from: 0, to: 1, size: 484, chunk: 512 };
    const machine = (flitTime: number) => ({
      endpoints: 2,
      outputs: { u0: { flitTime, framing: 0 }, d1: { framing: 0 } },
      flows: [write],
    });
    expect(lines(machine(0))).toEqual(['1500 0.0w0 u0', '2500 0.0w0 d1']);
    expect(lines(machine(100))).toEqual(['1500 0.0w0 u0', '2600 0.0w0 d1']);
    // the header ends with its flit here
    expect(lines(machine(16))).toEqual(['1512 0.0w0 u0', '2516 0.0w0 d1']);
  });
});

describe('bit errors', () => {
  const NAK = 1e5;
  const TIMEOUT = 1e9;
  const replay = { bitErrorRate: 1e-3, nakReturn: NAK, timeout: TIMEOUT, buffer: null, ackReturn: 0 };
  const machine = { endpoints: 2, flows: [{ from: 0, to: 1, size: 4096 }] };
  const bad = lines({ ...machine, outputs: { u0: { replay } } });

  it('lose and double nothing', () => {
    expect(bad).toHaveLength(128);
    expect(names(bad)).toEqual(names(lines(machine)));
  });

  it('cost a transmission and the wait for a Nak or the replay timer each', () => {
    const up = bad.filter((line) => line.endsWith('u0'));
    const lost = (times(up).at(-1) as number) - 1000 - 64 * 88;
    const timeouts = Math.floor(lost / TIMEOUT);
    const naks = Math.floor((lost % TIMEOUT) / NAK);
    expect(lost).toBe(timeouts * TIMEOUT + naks * NAK + (timeouts + naks) * 88);
    // half of the transmissions are bad (704 bits at 1e-3), and 6.4 % of the Naks
    expect(naks).toBeGreaterThan(30);
    expect(naks).toBeLessThan(130);
    expect(timeouts).toBeGreaterThan(0);
    expect(timeouts).toBeLessThan(16);
  });

  it('let no bad transmission go on', () => {
    const [up, down] = ['u0', 'd1'].map((id) => times(bad.filter((line) => line.endsWith(id))));
    expect(down).toEqual(up?.map((time) => time + 1000));
  });
});

describe('room', () => {
  it('in the replay buffer comes back with the Ack', () => {
    const replay = { bitErrorRate: 0, nakReturn: 0, timeout: 0, ackReturn: 1000 };
    expect(times(overLink({ replay: { ...replay, buffer: 176 } }, 256))).toEqual([1088, 1176, 2176, 2264]);
    expect(times(overLink({ replay: { ...replay, buffer: 175 } }, 256))).toEqual([1088, 2176, 3264, 4352]);
  });

  it('behind a link is announced at whole update periods', () => {
    const link = { credits: only(1), creditReturn: 10, updatePeriod: 500 };
    expect(times(overLink(link, 128))).toEqual([1088, 1510 + 1088]);
    // freed at 1500, at a whole period
    expect(times(overLink({ ...link, flight: 1412 }, 128))).toEqual([1500, 1510 + 1500]);
    expect(times(overLink({ ...link, updatePeriod: 0 }, 128))).toEqual([1088, 1098 + 1088]);
  });

  it('in a shared buffer is taken whole, when there are no credits, and given back there', () => {
    const link = { credits: only(1), sharedBuffer: 0 };
    expect(times(overLink(link, 256, [5]))).toEqual([1088, 1176, 2176, 2264]);
    expect(times(overLink(link, 256, [4]))).toEqual([1088, 2176, 3264, 4352]);
  });

  it('in a shared buffer goes to the link of the lowest number', () => {
    const link = { credits: only(1), sharedBuffer: 0 };
    const log = lines({
      endpoints: 2,
      outputs: { u0: link, u1: link },
      sharedBuffers: [5],
      flows: [
        { from: 0, to: 1, size: 128, over: 'link' },
        { from: 1, to: 0, size: 128, over: 'link' },
      ],
    });
    expect(log).toEqual(['1088 0.0w0 u0', '1088 1.0w0 u1', '1176 0.1w0 u0', '2176 1.1w0 u1']);
  });
});
