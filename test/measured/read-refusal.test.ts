import { describe, expect, test } from 'vitest';
import { explain } from '../../src/experiment/explain.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { explainText } from '../../src/report/explain-text.ts';
import { bytes } from '../../src/units.ts';
import { flow, measure } from '../support/measured-run.ts';
import { device, measuredSystem } from '../support/measured-system.ts';

/** A root complex that carries no reads between its host bridges. */
const system = measuredSystem({
  cpu: { scopes: { other_host_bridge: { carries: 'writes' } } },
  below: [device('a', 'gen4x16'), device('b', 'gen4x16')],
});
const profile = loadKernelProfile();
const REASON = /allowed, but reads fail here: .* to another host bridge .* unsupported requests/;

describe('a root complex that answers the reads of peers as unsupported requests', () => {
  test('carries their writes and fails a flow that reads, with its reason', () => {
    const { flows } = measure(system, [
      flow('a', 'b', 4096, { transfers: 4, id: 'write' }),
      flow('b', 'a', 4096, { transfers: 4, op: 'read', id: 'read' }),
      flow('a', 'b', 8, { transfers: 4, op: 'atomic', id: 'atomic' }),
      flow('mem:s0', 'a', 4096, { transfers: 4, op: 'read', id: 'of memory' }),
    ]);
    expect(flows.map(({ result }) => result.refused === undefined)).toEqual([true, false, false, true]);
    expect(flows[1]?.result.refused).toMatch(REASON);
    expect(flows[1]?.result.goodput_GBps).toBeNull();
  });

  test('is said by explain, where the kernel allows the mapping', () => {
    const read = explain(system, profile, { from: 'b', to: 'a', op: 'read', size: bytes(4096) });
    expect([read.mapType, read.expected]).toEqual(['THRU_HOST_BRIDGE', null]);
    expect(read.refused).toMatch(REASON);
    expect(explainText(read, 200)).toMatch(REASON);
    const write = explain(system, profile, { from: 'b', to: 'a', op: 'write', size: bytes(4096) });
    expect(write.expected?.goodput_GBps).toBeGreaterThan(20);
  });
});
