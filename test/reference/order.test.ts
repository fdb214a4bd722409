import { describe, expect, it } from 'vitest';
import type { PortOrder } from '../../src/fabric/plan.ts';
import { referenceRun } from './reference-run.ts';
import { type SmallMachine, smallPlan } from './small-plan.ts';

type Flow = SmallMachine['flows'][number];

/**
 * How a TLP of another flow comes out of the switch, where two posted writes to the slow endpoint 1 came before it, the second of
 * which leaves at 9800. `merged`: endpoint 1 sends to the same port of the switch as endpoint 0.
 */
function other(order: PortOrder, flow: Flow, merged = false): string | undefined {
  const plan = smallPlan({
    endpoints: 3,
    outputs: { d1: { psPerWireByte: 100 }, ...(merged ? { u1: { port: 3 } } : {}) },
    ports: { in0: { order } },
    flows: [{ from: 0, to: 1, size: 128 }, flow],
  });
  const end = flow.from === 2 ? flow.from : flow.to;
  return referenceRun(plan, '1').lines.find((line) => line.includes(' 1.') && line.endsWith(` d${end}`));
}

describe('a non-posted request behind a posted write', () => {
  const read = { from: 0, to: 2, start: 300, op: 'read' } as const;
  const atomic = { from: 0, to: 2, start: 300, op: 'atomic', size: 8, chunk: 8 } as const;

  it('passes where there is no order', () => {
    expect(other('none', read)).toBe('2324 1.0r0 d2');
    // in its turn: it and the second write can both go at 9800
    expect(other('none', { ...read, to: 1 })).toBe('13200 1.0r0 d1');
  });

  it('waits for those that want its output, where order is by output', () => {
    expect(other('egress', read)).toBe('2324 1.0r0 d2');
    expect(other('egress', { ...read, to: 1 })).toBe('22000 1.0r0 d1');
  });

  it('waits for all of its port, where order is by port', () => {
    expect(other('ingress', read)).toBe('10824 1.0r0 d2');
    expect(other('ingress', atomic)).toBe('10832 1.0r0 d2');
  });

  it('passes by relaxed ordering as an atomic, not as a read', () => {
    expect(other('ingress', { ...read, relaxedOrdering: true })).toBe('10824 1.0r0 d2');
    expect(other('ingress', { ...atomic, relaxedOrdering: true })).toBe('2332 1.0r0 d2');
  });

  it('passes by ID-based ordering those of other sources alone', () => {
    expect(other('ingress', { ...read, idBasedOrdering: true })).toBe('10824 1.0r0 d2');
    expect(other('ingress', { ...read, from: 1 }, true)).toBe('10824 1.0r0 d2');
    expect(other('ingress', { ...read, from: 1, idBasedOrdering: true }, true)).toBe('2324 1.0r0 d2');
  });
});

describe('a completion behind a posted write', () => {
  // its request is there at 2024; 84 B on the wire
  const read = { from: 2, to: 0, op: 'read' } as const;

  it('waits, unless its flow has relaxed ordering', () => {
    expect(other('ingress', read)).toBe('10884 1.0c0 d2');
    expect(other('ingress', { ...read, relaxedOrdering: true })).toBe('4108 1.0c0 d2');
  });

  it('has its completer for its source', () => {
    expect(other('ingress', { ...read, idBasedOrdering: true })).toBe('10884 1.0c0 d2');
    // endpoint 1 gets its request past the slow output, at 1024
    const fromOther = { ...read, to: 1, destination: { requestWay: [2] } };
    expect(other('ingress', fromOther, true)).toBe('10884 1.0c0 d2');
    expect(other('ingress', { ...fromOther, idBasedOrdering: true }, true)).toBe('3108 1.0c0 d2');
  });
});
