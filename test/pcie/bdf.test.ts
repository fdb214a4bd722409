import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bdf, formatBdf, parseBdf } from '../../src/pcie/bdf.ts';

describe('the address of a PCI function', () => {
  it.each([
    ['0000:20:01.1', { domain: 0, bus: 0x20, device: 1, function: 1 }, '0000:20:01.1'],
    ['20:01.1', { domain: 0, bus: 0x20, device: 1, function: 1 }, '0000:20:01.1'],
    ['10000:E0:1f.7', { domain: 0x10000, bus: 0xe0, device: 0x1f, function: 7 }, '10000:e0:1f.7'],
    ['ffffffff:ff:00.0', { domain: 0xffffffff, bus: 0xff, device: 0, function: 0 }, 'ffffffff:ff:00.0'],
  ])('%s is read field by field and printed with its domain', (text, fields, printed) => {
    expect(parseBdf(text)).toEqual(fields);
    expect(formatBdf(fields)).toBe(printed);
  });

  it('comes back from print and parse', () => {
    const bdf: fc.Arbitrary<Bdf> = fc.record({
      domain: fc.integer({ min: 0, max: 0xffffffff }),
      bus: fc.nat(0xff),
      device: fc.nat(0x1f),
      function: fc.nat(7),
    });
    fc.assert(
      fc.property(bdf, (value) => {
        expect(parseBdf(formatBdf(value))).toEqual(value);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });

  it.each([
    ['0000:20:20.0', /"0000:20:20.0" has device 32; expected 0 to 0x1f/],
    ['0000:20:01.8', /has function 8; expected 0 to 0x7/],
    ['123456789:20:01.0', /no PCI address; expected dddd:bb:dd.f/],
    ['20:1.0', /no PCI address/],
    ['0000:20:01', /no PCI address/],
    [' 20:01.0', /no PCI address/],
    ['', /no PCI address/],
  ])('"%s" is refused', (text, message) => {
    expect(() => parseBdf(text)).toThrow(message);
  });

  it('is not printed with a field out of range', () => {
    expect(() => formatBdf({ domain: 0, bus: 256, device: 0, function: 0 })).toThrow(
      /bus 256; expected 0 to 0xff/,
    );
    expect(() => formatBdf({ domain: -1, bus: 0, device: 0, function: 0 })).toThrow(/domain -1/);
  });
});
