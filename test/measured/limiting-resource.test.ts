import { describe, expect, test } from 'vitest';
import type { FlowRequest } from '../../src/dma/flow-spec.ts';
import type { FlowResult } from '../../src/experiment/run-result.ts';
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
 * Two devices, `near` and `far`, below one switch (its ports sw.d0 and sw.d1) or below a switch each on two root ports
 * (rp0 and rp1); all Gen5 x16 with 10 ns of flight, switches of 100 ns and completers of 400 ns. One number at a time is
 * made scarce, then ample: the limit must move on.
 */
const PORT: Numbers = { phy_latency: '5 ns' };

interface Scarce {
  readonly switch?: Numbers;
  readonly near?: Numbers;
  readonly far?: Numbers;
  readonly farLink?: LinkText;
  readonly cpu?: Numbers;
}

const near = ({ near: numbers = {} }: Scarce) => device('near', 'gen5x16', { port: PORT, ...numbers });
const far = ({ far: numbers = {}, farLink = 'gen5x16' }: Scarce) =>
  device('far', farLink, { port: PORT, completer: { latency: '400 ns' }, ...numbers });

const between = (scarce: Scarce): { numbers: Numbers } => ({
  numbers: { latency: '100 ns', port: PORT, ...scarce.switch },
});

const oneSwitch = (scarce: Scarce): System =>
  measuredSystem({ below: [pcieSwitch('sw', 'gen5x16', [near(scarce), far(scarce)], between(scarce))] });

function twoSwitches(scarce: Scarce): System {
  const below = [
    pcieSwitch('sw1', 'gen5x16', [near(scarce)], between(scarce)),
    pcieSwitch('sw2', 'gen5x16', [far(scarce)], between(scarce)),
  ];
  return measuredSystem({ cpu: { port: PORT, ...scarce.cpu }, below });
}

const SIZE = 65_536;
const WRITES = flow('near', 'far', SIZE, { transfers: 12, depth: 4 });
const READS = flow('far', 'near', SIZE, { transfers: 12, depth: 4, op: 'read' });

function limits(system: System, request: FlowRequest): FlowResult {
  const [only] = measure(system, [request]).flows;
  return (only as { result: FlowResult }).result;
}

const shareOf = ({ limitedBy }: FlowResult, resource: string): number =>
  limitedBy.find((each) => each.resource === resource)?.share ?? 0;

const sumOf = ({ limitedBy }: FlowResult): number => limitedBy.reduce((sum, { share }) => sum + share, 0);

const posted = (credits: Numbers): Scarce => ({
  switch: { port: { ...PORT, credits: { posted: credits } } },
});
const cap = (scope: string, channel: string, rate: string): Scarce => ({
  cpu: { scopes: { [scope]: { [channel]: { rate } } } },
});
const dma = (numbers: Numbers): Scarce => ({ near: { dma: numbers } });

interface Case {
  readonly what: string;
  readonly system: (scarce: Scarce) => System;
  readonly request: FlowRequest;
  readonly scarce: Scarce;
  readonly ample: Scarce;
  readonly resource: string;
  /** What limits once there is enough. */
  readonly next: string;
}

const NEAR_LINK = 'link:sw.d0:up';
const FAR_LINK = 'link:sw.d1:up';
const FIRST_LINK = 'link:sw1.d0:up';

const CASES: readonly Case[] = [
  {
    what: 'a link of half the width',
    system: oneSwitch,
    request: WRITES,
    scarce: { farLink: 'gen5x8' },
    ample: { farLink: 'gen5x16' },
    resource: 'link:sw.d1:down',
    next: NEAR_LINK,
  },
  {
    what: 'posted header credits',
    system: oneSwitch,
    request: WRITES,
    scarce: posted({ headers: 8 }),
    ample: posted({ headers: 127 }),
    resource: 'credits:link:sw.d0:up:posted-headers',
    next: NEAR_LINK,
  },
  {
    what: 'posted data credits',
    system: oneSwitch,
    request: WRITES,
    scarce: posted({ headers: 127, data: 128 }),
    ample: posted({ headers: 127, data: 2032 }),
    resource: 'credits:link:sw.d0:up:posted-data',
    next: NEAR_LINK,
  },
  {
    what: 'tags',
    system: oneSwitch,
    request: READS,
    scarce: dma({ tags: 8 }),
    ample: dma({ tags: 256 }),
    resource: 'tags:near',
    next: FAR_LINK,
  },
  {
    what: 'outstanding bytes',
    system: oneSwitch,
    request: READS,
    scarce: dma({ outstanding_bytes: '4 KiB' }),
    ample: dma({ outstanding_bytes: '128 KiB' }),
    resource: 'outstanding:near',
    next: FAR_LINK,
  },
  {
    what: 'the issue gap',
    system: oneSwitch,
    request: WRITES,
    scarce: dma({ issue_gap: '20 ns' }),
    ample: dma({ issue_gap: '1 ns' }),
    resource: 'issue-gap:near',
    next: NEAR_LINK,
  },
  {
    what: 'a cap of the root complex on writes',
    system: twoSwitches,
    request: WRITES,
    scarce: cap('other_host_bridge', 'write', '20 GB/s'),
    ample: cap('other_host_bridge', 'write', '100 GB/s'),
    resource: 'cap:other_host_bridge:rp0:write',
    next: FIRST_LINK,
  },
  {
    what: 'a cap of the root complex on completions',
    system: twoSwitches,
    request: READS,
    scarce: cap('other_host_bridge', 'read', '20 GB/s'),
    ample: cap('other_host_bridge', 'read', '100 GB/s'),
    resource: 'cap:other_host_bridge:rp1:read',
    next: 'link:sw2.d0:up',
  },
  {
    what: 'a cap of memory',
    system: twoSwitches,
    request: flow('near', 'mem:s0', SIZE, { transfers: 12, depth: 4 }),
    scarce: cap('memory', 'write', '20 GB/s'),
    ample: cap('memory', 'write', '100 GB/s'),
    resource: 'cap:memory:hb0:write',
    next: FIRST_LINK,
  },
];

describe.each(CASES)('a flow that lacks $what', ({ system, request, scarce, ample, resource, next }) => {
  const before = limits(system(scarce), request);
  const after = limits(system(ample), request);

  test(`is limited by ${resource} for more than 0.9 of its time`, () => {
    expect(before.limitedBy[0]).toMatchObject({ resource });
    expect(shareOf(before, resource)).toBeGreaterThan(0.9);
  });

  test(`is faster with more of it, and then limited by ${next}`, () => {
    expect(after.goodput_GBps ?? NaN).toBeGreaterThan((before.goodput_GBps ?? NaN) * 1.5);
    expect(after.limitedBy[0]).toMatchObject({ resource: next });
    expect(shareOf(after, next)).toBeGreaterThan(0.9);
    expect(shareOf(after, resource)).toBeLessThan(0.05);
  });

  test('has shares that sum to 1 with none', () => {
    for (const result of [before, after]) {
      expect(Math.abs(sumOf(result) - 1)).toBeLessThanOrEqual(1e-9);
      expect(result.limitedBy.some((each) => each.resource === 'none')).toBe(true);
    }
  });
});

const writes = (from: string, to: string): FlowRequest => flow(from, to, 4096, { depth: 4 });

describe('flows that meet in one queue', () => {
  const peers = ['p0', 'p1', 'p2'];

  /** Devices p0, p1 and p2 below one switch; slow and fast below another, of which slow has a link of Gen3 x4. */
  function meeting(): System {
    const senders = peers.map((id) => device(id, 'gen5x16', { port: PORT }));
    const receivers = [device('slow', 'gen3x4', { port: PORT }), device('fast', 'gen5x16', { port: PORT })];
    const credits = { posted: { headers: 32, data: 512 } };
    const numbers = { latency: '100 ns', port: { ...PORT, credits } };
    const below = [
      pcieSwitch('sw1', 'gen5x16', senders, { numbers }),
      pcieSwitch('sw2', 'gen5x16', receivers, { numbers }),
    ];
    return measuredSystem({ cpu: { port: { ...PORT, credits } }, below });
  }

  function results(...requests: readonly FlowRequest[]): readonly FlowResult[] {
    return measure(meeting(), requests, { until: '40 us' }).flows.map(({ result }) => result);
  }

  test('and all want its slow output are limited by the link there, not by one another', () => {
    for (const result of results(...peers.map((from) => writes(from, 'slow')))) {
      expect(result.limitedBy[0]).toMatchObject({ resource: 'link:sw2.d0:down' });
      expect(shareOf(result, 'link:sw2.d0:down')).toBeGreaterThan(0.9);
    }
  });

  test('behind one that wants a slow output wait for it at the head of the line', () => {
    const [, blocked] = results(writes('p0', 'slow'), writes('p1', 'fast'));
    expect(blocked?.limitedBy[0]).toMatchObject({ resource: 'head-of-line:sw2' });
  });

  test('have shares that sum to 1 with none', () => {
    for (const result of results(...peers.map((from, i) => writes(from, i === 0 ? 'fast' : 'slow')))) {
      expect(Math.abs(sumOf(result) - 1)).toBeLessThanOrEqual(1e-9);
    }
  });
});
