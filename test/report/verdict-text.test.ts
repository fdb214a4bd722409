import { describe, expect, it } from 'vitest';
import type { MapType, Verdict } from '../../src/policy/verdict.ts';
import { p2pMatrixText } from '../../src/report/p2p-matrix-text.ts';
import { verdictText } from '../../src/report/verdict-text.ts';

const verdict = (provider: string, client: string, mapType: MapType, distance: number): Verdict => ({
  provider,
  client,
  mapType,
  distance,
  address: mapType === 'BUS_ADDR' ? 'BUS' : null,
  classes: null,
  redirects: [],
  hostBridges: {
    provider: { id: 'hb0', device: '8086:4c43', listed: null },
    client: { id: 'hb1', device: null, listed: null },
  },
  messages: [],
  kernelLog: [],
  reason: 'Because it is so.',
});

const typeAt = (i: number, j: number): MapType =>
  i === j ? 'BUS_ADDR' : i + j === 1 ? 'THRU_HOST_BRIDGE' : 'NOT_SUPPORTED';

describe('the verdict on a pair', () => {
  it('comes with distance, address, routes and reason', () => {
    const request = {
      kind: 'route',
      route: { hops: ['gpu1', 'd1', 'turn:sw', 'd0', 'gpu0'], turn: 'switch-local' },
    } as const;
    const answer = { verdict: verdict('gpu0', 'gpu1', 'BUS_ADDR', 4), request, completion: null };
    expect(verdictText(answer)).toMatchInlineSnapshot(`
      "gpu1 reaches into gpu0: BUS_ADDR
        provider     gpu0, whose memory it is
        client       gpu1, which issues the DMA
        distance     4
        address      BUS, a PCI bus address
        requests     gpu1 → d1 → turn:sw → d0 → gpu0 (switch-local)
        completions  none
        host bridge  hb0 (8086:4c43) of the provider, hb1 (no ids known) of the client
        reason       Because it is so.
      "
    `);
  });

  it('names redirecting ports, messages and the port that blocks, and breaks long reasons', () => {
    const refused: Verdict = {
      ...verdict('gpu0', 'gpu1', 'NOT_SUPPORTED', 8),
      redirects: ['d0', 'd1'],
      messages: ['acs-redirect-hint'],
      kernelLog: ['0000:04:00.0: something', '0000:04:00.0: something else'],
      reason: `${'long words '.repeat(12)}end.`,
    };
    const request = { kind: 'blocked', port: 'd1', reason: 'ACS Translation Blocking' } as const;
    expect(verdictText({ verdict: refused, request, completion: null })).toMatchInlineSnapshot(`
      "gpu1 reaches into gpu0: NOT_SUPPORTED
        provider     gpu0, whose memory it is
        client       gpu1, which issues the DMA
        distance     8
        address      none
        requests     ends at d1: ACS Translation Blocking
        completions  none
        redirect at  d0, d1
        host bridge  hb0 (8086:4c43) of the provider, hb1 (no ids known) of the client
        kernel says  0000:04:00.0: something
                     0000:04:00.0: something else
        reason       long words long words long words long words long words long words long words long words long
                     words long words long words long words end.
      "
    `);
  });
});

describe('the matrix of verdicts', () => {
  it('has providers as rows, clients as columns, letters with distances', () => {
    const names = ['gpu0', 'a-long-name', 'nic0'];
    const matrix = names.map((provider, i) =>
      names.map((client, j) => verdict(provider, client, typeAt(i, j), i === j ? 0 : 10)),
    );
    expect(p2pMatrixText(matrix)).toMatchInlineSnapshot(`
      "provider \\ client    0   1   2
      0 gpu0              B0 H10 X10
      1 a-long-name      H10  B0 X10
      2 nic0             X10 X10  B0

      B  BUS_ADDR, directly, by PCI bus address (3 pairs)
      H  THRU_HOST_BRIDGE, by way of the host bridge (2 pairs)
      X  NOT_SUPPORTED, refused (4 pairs)
      Numbers are distances as the kernel counts them.
      "
    `);
  });
});
