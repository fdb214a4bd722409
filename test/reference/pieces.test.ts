import { describe, expect, it } from 'vitest';
import { referenceRun } from './reference-run.ts';
import type { RunLog } from './run-log.ts';
import { type SmallMachine, smallPlan } from './small-plan.ts';

/** Two endpoints; TLPs for endpoint 1 are cut at the switch at the multiples of 64 B. */
const run = (machine: Omit<SmallMachine, 'endpoints'>): RunLog =>
  referenceRun(
    smallPlan({ endpoints: 2, ...machine, outputs: { d1: { recut: 64 }, ...machine.outputs } }),
    '1',
  );

const linesOf = (channel: string, log: RunLog): readonly string[] =>
  log.lines.filter((line) => line.endsWith(` ${channel}`));

describe('a TLP that is cut on its way', () => {
  const write = { from: 0, to: 1, size: 256, chunk: 256 };

  it('goes on as TLPs of their own, each with a header', () => {
    // 280 B on the wire come from 1000 to 1280, of 88 B each the pieces may go from 1192
    expect(run({ flows: [write] })).toEqual({
      lines: ['1280 0.0w0 u0', '2280 0.0w0 d1', '2368 0.0w1 d1', '2456 0.0w2 d1', '2544 0.0w3 d1'],
      flows: [{ bytes: 256, firstIssue: 0, latencies: [2544] }],
    });
  });

  it('is cut at multiples of the address in its transfer', () => {
    const log = run({ flows: [{ ...write, size: 100, region: 200, transfers: 2 }] });
    // 0 to 64 and 100 from 1036 on; 100 to 128, 192 and 200 from 3256 on
    expect(linesOf('d1', log)).toEqual([
      '2124 0.0w0 d1',
      '2184 0.0w1 d1',
      '4308 0.1w0 d1',
      '4396 0.1w1 d1',
      '4428 0.1w2 d1',
    ]);
    expect(log.flows).toEqual([{ bytes: 200, firstIssue: 0, latencies: [2184, 2244] }]);
  });

  it('gives its credits back with its last piece', () => {
    const credits = { headers: 1, data: 16 };
    const u0 = { credits: { posted: credits, nonposted: credits, completion: credits } };
    const log = run({ outputs: { u0 }, flows: [{ ...write, size: 512 }] });
    expect(linesOf('u0', log)).toEqual(['1280 0.0w0 u0', '2824 0.1w0 u0']);
    expect(linesOf('d1', log).at(-1)).toBe('4088 0.1w3 d1');
  });

  it('takes the credits of each piece behind the output', () => {
    const credits = { headers: null, data: 4 };
    const d1 = { recut: 64, credits: { posted: credits, nonposted: credits, completion: credits } };
    const log = run({ outputs: { d1 }, flows: [{ ...write, size: 128 }] });
    // 152 B come from 1000 to 1152
    expect(linesOf('d1', log)).toEqual(['2152 0.0w0 d1', '3240 0.0w1 d1']);
  });

  it('as a completion leaves numbers for the pieces of the one before it', () => {
    const read = {
      from: 1,
      to: 0,
      op: 'read',
      size: 256,
      chunk: 256,
      destination: { completionChunk: 128 },
    } as const;
    const log = run({ flows: [read] });
    expect(linesOf('u0', log).map((line) => line.split(' ')[1])).toEqual(['0.0c0', '0.0c1']);
    expect(linesOf('d1', log).map((line) => line.split(' ')[1])).toEqual([
      '0.0c0',
      '0.0c1',
      '0.0c128',
      '0.0c129',
    ]);
  });

  it('is never a non-posted request', () => {
    const atomics = { from: 0, to: 1, op: 'atomic', size: 12, chunk: 12, region: 72, transfers: 6 } as const;
    const log = run({ flows: [atomics] });
    // the sixth has bytes 60 to 72
    expect(linesOf('d1', log).map((line) => line.split(' ')[1])).toEqual(
      [0, 1, 2, 3, 4, 5].map((i) => `0.${i}r0`),
    );
  });
});
