import { describe, expect, it } from 'vitest';
import { type Generation, linkRate } from '../../src/pcie/generation.ts';
import { COMPLETION_HEADER_BYTES, FRAMING_BYTES, requestHeaderBytes, tlpBytes } from '../../src/pcie/wire.ts';

type Row = readonly [Generation, payload: number, write: number, read: number];

/**
 * Goodput of long transfers on x16 in GB/s, before SKP and DLLPs: writes with a 4DW header, reads by completions of that
 * payload. pcie-facts, section 3 (two independent codings, pcie-model's among them, agree).
 */
const GOODPUT: readonly Row[] = [
  [3, 64, 11.457, 12.003],
  [3, 128, 13.266, 13.625],
  [3, 256, 14.404, 14.612],
  [3, 512, 15.048, 15.162],
  [4, 64, 22.915, 24.006],
  [4, 128, 26.533, 27.25],
  [4, 256, 28.807, 29.225],
  [4, 512, 30.097, 30.323],
  [5, 64, 45.829, 48.012],
  [5, 128, 53.066, 54.5],
  [5, 256, 57.614, 58.449],
  [5, 512, 60.194, 60.646],
];

const goodput = (generation: Generation, headerBytes: number, payload: number): number =>
  (linkRate(generation, 16) / 1e9) * (payload / (FRAMING_BYTES + tlpBytes(headerBytes, payload)));

describe('bytes of a TLP on the link', () => {
  it('are the header of 12 or 16 and the payload, and 8 of framing around them', () => {
    expect(tlpBytes(requestHeaderBytes(3), 0)).toBe(12);
    expect(tlpBytes(requestHeaderBytes(4), 0)).toBe(16);
    expect(FRAMING_BYTES + tlpBytes(requestHeaderBytes(4), 256)).toBe(280);
    expect(FRAMING_BYTES + tlpBytes(COMPLETION_HEADER_BYTES, 256)).toBe(276);
  });

  it.each(GOODPUT)(
    'give at generation %i x16 with payloads of %i B writes of %f and reads of %f GB/s',
    (...row) => {
      const [generation, payload, write, read] = row;
      expect(goodput(generation, requestHeaderBytes(4), payload)).toBeCloseTo(write, 3);
      expect(goodput(generation, COMPLETION_HEADER_BYTES, payload)).toBeCloseTo(read, 3);
    },
  );

  it('leave 92 % for a read of 512 B in completions of 256 B (Intel AN 855)', () => {
    expect(512 / (2 * (FRAMING_BYTES + tlpBytes(COMPLETION_HEADER_BYTES, 256)))).toBeCloseTo(
      512 / (512 + 40),
      12,
    );
  });
});
