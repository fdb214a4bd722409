import { describe, expect, it } from 'vitest';
import {
  DATA_CREDIT_BYTES,
  dataCredits,
  MAX_DATA_CREDITS,
  MAX_HEADER_CREDITS,
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

  it('reach 127 headers and 32752 B of data without scaling', () => {
    expect(MAX_HEADER_CREDITS).toBe(127);
    expect(MAX_DATA_CREDITS * DATA_CREDIT_BYTES).toBe(32752);
  });

  /** pcie-facts, section 2 (minimum advert): PH 1, PD MPS/16, NPH 1, NPD 1. */
  it('are at least one header of each class, and data for one TLP of it', () => {
    expect(minimumCredits('posted', bytes(256))).toEqual({ headers: 1, data: 16 });
    expect(minimumCredits('nonposted', bytes(256))).toEqual({ headers: 1, data: 1 });
    expect(minimumCredits('completion', bytes(512))).toEqual({ headers: 1, data: 32 });
  });
});
