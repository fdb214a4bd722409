import { describe, expect, test } from 'vitest';
import { flowSpec } from '../../src/dma/flow-spec.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { bytes } from '../../src/units.ts';
import { device, measuredSystem } from '../support/measured-system.ts';

/** Payloads of the completions of each request, in the order in which they arrive. */
class Completions implements Recorder<DeliveryFact> {
  readonly byRequest: number[][] = [];
  add({ serial, payload }: DeliveryFact): void {
    (this.byRequest[serial] ??= []).push(payload);
  }
}

interface Reads {
  /** Who answers, with its read completion boundary and its largest completion. */
  readonly source: 'memory' | 'device';
  readonly rcb: 64 | 128;
  readonly chunk: number;
  /** Bytes of each read, of which one follows the other. */
  readonly size: number;
  readonly mrrs: number;
}

/** What comes of the request with this number, of reads that begin at the multiples of their size. */
function completionsOf(request: number, { source, rcb, chunk, size, mrrs }: Reads): readonly number[] {
  const completer = { completion_chunk: `${Math.max(chunk, 128)} B` };
  const dma = { mrrs: `${mrrs} B` };
  const system = measuredSystem({
    cpu: { rcb: `${rcb} B`, completion_chunk: `${chunk} B` },
    below: [device('reader', 'gen4x16', { dma }), device('other', 'gen4x16', { completer })],
  });
  const completions = new Completions();
  const from = source === 'memory' ? 'mem:s0' : 'other';
  const region = bytes(size * 64);
  const spec = flowSpec({
    from: [from],
    to: ['reader'],
    op: 'read',
    size: bytes(size),
    region,
    transfers: 20,
  });
  const recorders = { deliveries: [completions] };
  const run = { system, profile: loadKernelProfile(), flows: [spec], seed: 'rcb', until: null, recorders };
  new Runner().run(run);
  return completions.byRequest[request] ?? [];
}

/*
 * The oracles of pcie-facts, section 2, at addresses that are those of its rows modulo RCB: the twelfth read of 200 B begins at
 * 0x960, the second at 0x190; of reads of 288 B with requests of 256 B at most the first but one begins at 0x120.
 */
describe('completions', () => {
  test.each(['memory', 'device'] as const)(
    'of a read of 200 B of a %s at 0x60 beyond an RCB of 128 B',
    (source) => {
      expect(completionsOf(12, { source, rcb: 128, chunk: 128, size: 200, mrrs: 512 })).toEqual([
        32, 128, 40,
      ]);
    },
  );

  test.each(['memory', 'device'] as const)(
    'of a read of 200 B of a %s at 0x10 beyond an RCB of 128 B',
    (source) => {
      expect(completionsOf(2, { source, rcb: 128, chunk: 128, size: 200, mrrs: 512 })).toEqual([112, 88]);
    },
  );

  test.each([
    [64, [32, 64, 64, 64, 32]],
    [128, [96, 128, 32]],
    [192, [160, 96]],
    [224, [224, 32]],
    [256, [256]],
  ])('of at most %i B, of a read of 256 B at 0x20 beyond an RCB of 64 B, are %j', (chunk, expected) => {
    const reads: Reads = { source: 'memory', rcb: 64, chunk, size: 288, mrrs: 256 };
    expect(completionsOf(2, reads)).toEqual(expected);
    // and the rest of that read is within one RCB block
    expect(completionsOf(3, reads)).toEqual([32]);
  });
});

test('a read request does not cross 4 KiB: of the read of 288 B at 0xfc0 come 64 B, and the rest', () => {
  const reads: Reads = { source: 'memory', rcb: 64, chunk: 256, size: 288, mrrs: 512 };
  // 14 reads of one request each lie before it
  expect(completionsOf(14, reads)).toEqual([64]);
  expect(completionsOf(15, reads)).toEqual([224]);
});
