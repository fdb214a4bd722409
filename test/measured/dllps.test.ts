import { describe, expect, test } from 'vitest';
import type { System } from '../../src/system/system.ts';
import { flow, measure } from '../support/measured-run.ts';
import {
  device,
  type LinkText,
  measuredSystem,
  type Numbers,
  pcieSwitch,
} from '../support/measured-system.ts';

/*
 * Writes of 256 B with 24 B around them between two devices below one switch: what DESIGN, section 3, says of them, and the
 * column write_4dw_specDLLP_SKP of vectors/wire-formula-oracle.csv for payloads of 256 B and transfers of 64 KiB.
 */
const TRANSFER = 16_384;
const WIRE = 256 + 24;

function pair(link: LinkText, dllp: string, skp: string): System {
  const port: Numbers = { skp, dllp };
  const ends = ['a', 'b'].map((id) => device(id, link, { port }));
  return measuredSystem({ below: [pcieSwitch('sw', link, ends, { numbers: { port } })] });
}

function rates(system: System, ways: 'one way' | 'both ways'): readonly number[] {
  const there = flow('a', 'b', TRANSFER, { transfers: 24, depth: 4 });
  const requests = ways === 'one way' ? [there] : [there, { ...there, from: ['b'], to: ['a'], id: 'back' }];
  return measure(system, requests).flows.map(({ arrivals }) => arrivals.steadyRate_GBps(TRANSFER, 4));
}

function expectNear(measured: readonly number[], expected: number): void {
  for (const rate of measured) expect(Math.abs(rate / expected - 1)).toBeLessThan(0.001);
}

describe('DLLPs cost the direction against the data that they acknowledge', () => {
  test.each(['none', '1 per TLP', '2 per TLP', 'specification-limit'])(
    'so that one way at Gen5 x16 loses SKP alone: 57.46 GB/s with %s',
    (dllp) => expectNear(rates(pair('gen5x16', dllp, '1/376'), 'one way'), 57.46),
  );

  test.each([
    ['0.5 per TLP', 4],
    ['1 per TLP', 8],
    ['2 per TLP', 16],
  ])('so that both ways each lose what %s cost: b / (wire + b)', (dllp, cost) => {
    const [alone = NaN] = rates(pair('gen5x16', dllp, '1/376'), 'one way');
    expectNear(rates(pair('gen5x16', dllp, '1/376'), 'both ways'), (alone * WIRE) / (WIRE + cost));
  });

  test.each([
    ['gen1x16', '4/1538', 3.597],
    ['gen3x16', '1/376', 14.28],
    ['gen4x16', '1/376', 28.559],
    ['gen5x16', '1/376', 57.118],
    ['gen5x4', '1/376', 14.0965],
  ] as const)(
    'at the rate of the specification over %s both ways, within 0.1 %% of the oracle',
    (link, skp, rate) => {
      expectNear(rates(pair(link, 'specification-limit', skp), 'both ways'), rate);
    },
  );

  test.each([
    ['gen5x16', 63.015],
    ['gen5x4', 15.754],
    ['gen4x16', 31.508],
    ['gen2x16', 8],
  ] as const)('so that a time of theirs per TLP costs both ways less of a slow link: %s', (link, rate) => {
    const skp = link.startsWith('gen2') ? '4/1538' : '1/376';
    const [alone = NaN] = rates(pair(link, '127 ps per TLP', skp), 'one way');
    const cost = 0.127 * rate;
    expectNear(rates(pair(link, '127 ps per TLP', skp), 'both ways'), (alone * WIRE) / (WIRE + cost));
  });

  test.each([
    ['none', 0],
    ['specification-limit', 0.59],
    ['1 per TLP', 2.78],
    ['2 per TLP', 5.41],
  ])('so that with %s both ways at Gen5 x16 each lose, in percent of one way, %f', (dllp, lost) => {
    const system = pair('gen5x16', dllp, '1/376');
    const [alone = NaN] = rates(system, 'one way');
    const shares = rates(system, 'both ways').map((rate) => 100 * (1 - rate / alone));
    expect(shares).toHaveLength(2);
    for (const share of shares) expect(Math.abs(share - lost)).toBeLessThan(0.05);
  });
});
