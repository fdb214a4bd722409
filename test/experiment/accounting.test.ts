import { describe, expect, test } from 'vitest';
import { accountOf, type OtherAccounting } from '../../src/experiment/accounting.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { boundOf } from '../../src/routing/bound.ts';
import type { TransferSpec } from '../../src/routing/transfer-spec.ts';
import { setLink } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { device, measuredSystem } from '../support/measured-system.ts';

function account(accounting: OtherAccounting, system: System, ends: Partial<TransferSpec>): number | null {
  const spec: TransferSpec = {
    op: 'write',
    from: 'gpu0',
    to: 'gpu1',
    size: bytes(1 << 20),
    address: 'PHYS',
    ...ends,
  };
  const result = boundOf(system, spec);
  if (result.kind === 'none') throw new RangeError(result.reason);
  return accountOf(accounting, system, spec, result.bound.routes);
}

const wrx90 = loadSystem('wrx90-2sw-flat');
const pair = (gen: 'gen3x8' | 'gen4x16', intel = false): System => {
  const system = measuredSystem({ below: [device('gpu0', gen), device('gpu1', gen)] });
  const sockets = system.sockets.map((socket) => ({
    ...socket,
    part: { ...socket.part, vendor: intel ? ('Intel' as const) : socket.part.vendor },
  }));
  return { ...system, sockets };
};

describe('what the pcie-bench model says of a way', () => {
  test('is its published figure: writes of 256 B and reads of 512 B at Gen3 x8 (pcie-facts, section 3)', () => {
    const system = pair('gen3x8');
    const write = account('pcie-bench', system, { size: bytes(256) }) ?? NaN;
    const read = account('pcie-bench', system, { op: 'read', size: bytes(512) }) ?? NaN;
    expect(write * 8).toBeCloseTo(52.92, 2);
    expect(read * 8).toBeCloseTo(53.69, 2);
  });

  test('is that of the slowest link', () => {
    const slow = setLink(wrx90, 'rp20', { generation: 2, width: 16 });
    const across = { to: 'gpu4' };
    expect(account('pcie-bench', slow, across)).toBeLessThan(8);
    expect(account('pcie-bench', wrx90, across)).toBeGreaterThan(45);
    expect(account('pcie-bench', slow, {})).toBe(account('pcie-bench', wrx90, {}));
  });
});

describe('what NCCL plans with', () => {
  test('is 48 GB/s for Gen5 x16, whichever way', () => {
    expect(account('nccl', wrx90, {})).toBe(48);
    expect(account('nccl', wrx90, { to: 'gpu4', op: 'read' })).toBe(48);
  });

  test('is 5/6 of the links between peers at an Intel root complex, and all of them to memory', () => {
    expect(account('nccl', pair('gen4x16'), {})).toBe(24);
    expect(account('nccl', pair('gen4x16', true), {})).toBeCloseTo(20, 9);
    expect(account('nccl', pair('gen4x16', true), { to: 'mem:s0' })).toBe(24);
  });

  test('is one constant between two sockets of AMD', () => {
    const asus = loadSystem('asus-esc8000a-e13p');
    expect(account('nccl', asus, { to: 'gpu4' })).toBe(16);
  });
});

test('of atomics no other model says anything', () => {
  expect(account('nccl', wrx90, { op: 'atomic', size: bytes(8) })).toBeNull();
  expect(account('pcie-bench', wrx90, { op: 'atomic', size: bytes(8) })).toBeNull();
});
