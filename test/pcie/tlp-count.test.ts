import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCompletion, nextReadRequest, nextWriteChunk, pieces } from '../../src/pcie/split.ts';
import { completionCount, requestCount } from '../../src/pcie/tlp-count.ts';

const RUNS = { seed: 20261122, numRuns: 500 };
const range = fc.record({ address: fc.nat(20000), size: fc.nat(20000) });

describe('the number of TLPs of a transfer', () => {
  it('of 1 GiB is 4 Mi writes of 256 B, and as many completions of 256 B for reads of 512 B', () => {
    const transfer = { address: 0, size: 2 ** 30 };
    expect(requestCount(transfer, 256)).toBe(2 ** 22);
    expect(requestCount(transfer, 512)).toBe(2 ** 21);
    expect(completionCount(transfer, 512, { rcb: 64, chunk: 256 })).toBe(2 ** 22);
  });

  it('grows where the transfer does not start at a multiple of its chunk', () => {
    expect(requestCount({ address: 0x10, size: 4096 }, 256)).toBe(17);
    expect(completionCount({ address: 0x60, size: 200 }, 512, { rcb: 128, chunk: 128 })).toBe(3);
  });

  it('of an empty transfer is none', () => {
    expect(requestCount({ address: 0x123, size: 0 }, 256)).toBe(0);
  });

  it('is the number of pieces that the steps cut', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 1, max: 5000 }), (transfer, limit) => {
        const cut = pieces(transfer.address, transfer.size, (at, rest) => nextWriteChunk(at, rest, limit));
        expect(requestCount(transfer, limit)).toBe(cut.length);
      }),
      RUNS,
    );
  });

  it('is for a read the sum of the completions of all its requests', () => {
    const rule = fc.record({ rcb: fc.constantFrom(64, 128), chunk: fc.integer({ min: 128, max: 4096 }) });
    fc.assert(
      fc.property(range, fc.constantFrom(128, 512, 4096), rule, (transfer, mrrs, { rcb, chunk }) => {
        let total = 0;
        for (const { address, size } of pieces(transfer.address, transfer.size, (at, rest) =>
          nextReadRequest(at, rest, mrrs),
        )) {
          total += pieces(address, size, (at, rest) => nextCompletion(at, rest, rcb, chunk)).length;
        }
        expect(completionCount(transfer, mrrs, { rcb, chunk })).toBe(total);
      }),
      RUNS,
    );
  });
});
