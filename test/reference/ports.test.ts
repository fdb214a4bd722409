import { describe, expect, it } from 'vitest';
import type { PortOrder } from '../../src/fabric/plan.ts';
import { referenceRun } from './reference-run.ts';
import { type SmallMachine, smallPlan } from './small-plan.ts';

/** What comes over the switch's outputs, to three endpoints. */
const linesDown = (machine: Omit<SmallMachine, 'endpoints'>): readonly string[] =>
  referenceRun(smallPlan({ endpoints: 3, ...machine }), '1').lines.filter((line) => / d\d$/.test(line));

/** Flows of six TLPs each that come to one output by turns, where a turn of the first port has so many TLPs. */
function turns(weight: number): string {
  const flows = [0, 1].map((from) => ({ from, to: 2, size: 384 }));
  return linesDown({ ports: { in0: { weight } }, flows })
    .map((line) => line.split(' ')[1]?.[0])
    .join('');
}

describe('turns at an output', () => {
  it('change with every TLP', () => {
    expect(turns(1)).toBe('010101010101');
  });

  it('are of as many TLPs as the weight of the port says', () => {
    expect(turns(3)).toBe('000100011111');
    expect(turns(2)).toBe('001001001111');
  });
});

/** A write that comes behind two to a slow link, of which the second waits at the switch until 9800. */
const third = (virtualOutputs: boolean, order: PortOrder): string | undefined =>
  linesDown({
    outputs: { d1: { psPerWireByte: 100 } },
    ports: { in0: { virtualOutputs, order } },
    flows: [
      { from: 0, to: 1, size: 128 },
      { from: 0, to: 2 },
    ],
  }).find((line) => line.endsWith('d2'));

describe('a head that cannot move', () => {
  it('blocks what stands behind it in its queue', () => {
    for (const order of ['none', 'egress', 'ingress'] as const)
      expect(third(false, order)).toBe('10888 1.0w0 d2');
  });

  it('blocks none for another output where these have queues of their own', () => {
    for (const order of ['none', 'egress'] as const) expect(third(true, order)).toBe('2264 1.0w0 d2');
  });

  it('blocks posted writes all the same where all of the port are kept in order', () => {
    expect(third(true, 'ingress')).toBe('10888 1.0w0 d2');
  });
});

const toTwoEnds = (kind: 'link' | 'scope'): readonly string[] =>
  linesDown({
    outputs: { d2: { kind } },
    ports: { in0: { destinationChange: 5000 } },
    flows: [
      { from: 0, to: 1, size: 128 },
      { from: 0, to: 2, size: 128 },
    ],
  });

describe('posted writes of one port to different links', () => {
  it('start a time apart, those to the same one do not', () => {
    // since 1088, when the last to the first link started
    const other = ['7176 1.0w0 d2', '7264 1.1w0 d2'];
    expect(toTwoEnds('link')).toEqual(['2088 0.0w0 d1', '2176 0.1w0 d1', ...other]);
  });

  it('do not where the others go to memory', () => {
    const other = ['2352 1.0w0 d2', '2440 1.1w0 d2'];
    expect(toTwoEnds('scope')).toEqual(['2088 0.0w0 d1', '2176 0.1w0 d1', ...other]);
  });
});
