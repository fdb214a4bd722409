import { describe, expect, it } from 'vitest';
import {
  DATA_CREDIT_BYTES,
  dataCredits,
  maxDataCredits,
  maxHeaderCredits,
  minimumCredits,
} from '../../src/pcie/credits.ts';
import { bytes } from '../../src/units.ts';

describe('flow-control credits', () => {
  it.each([
    [0, 0],
    [1, 1],
    [16, 1],
    [17, 2],
    [64, 4],
    [256, 16],
    [4096, 256],
  ])('for a payload of %i B are %i of data', (payload, credits) => {
    expect(dataCredits(payload)).toBe(credits);
  });

  /**
   * pcie-facts, section 2: 127 headers and 32752 B of data without scaling, which multiplies by 4 or 16; an UpdateFC carries
   * the upper 8 and 12 bits of the scaled counters of 10 or 12 and 14 or 16 bits.
   */
  it.each([
    [1, 127, 32_752, 8, 12],
    [4, 508, 131_008, 10, 14],
    [16, 2032, 524_032, 12, 16],
  ] as const)(
    'scaled by %i reach %i headers and %i B of data',
    (scale, headers, data, headerBits, dataBits) => {
      expect(maxHeaderCredits(scale)).toBe(headers);
      expect(maxDataCredits(scale) * DATA_CREDIT_BYTES).toBe(data);
      expect(maxHeaderCredits(scale)).toBeLessThan(2 ** (headerBits - 1));
      expect(maxDataCredits(scale)).toBeLessThan(2 ** (dataBits - 1));
    },
  );

  /** pcie-facts, section 2 (minimum advert): PH 1, PD MPS/16, NPH 1, NPD 1. */
  it('are at least one header of each class, and data for one TLP of it', () => {
    expect(minimumCredits('posted', bytes(256))).toEqual({ headers: 1, data: 16 });
    expect(minimumCredits('nonposted', bytes(256))).toEqual({ headers: 1, data: 1 });
    expect(minimumCredits('completion', bytes(512))).toEqual({ headers: 1, data: 32 });
  });
});
