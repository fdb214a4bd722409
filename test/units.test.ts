import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  bytesPerSecond,
  formatBytes,
  formatRate,
  formatTime,
  parseBytes,
  parseRate,
  parseTime,
  picoseconds,
} from '../src/units.ts';

const RUNS = { seed: 20261122, numRuns: 1000 };

describe('a time', () => {
  it.each([
    ['110 ns', 110_000],
    ['110ns', 110_000],
    ['8.887 ns', 8_887],
    ['1 ps', 1],
    ['0.4 ps', 0],
    ['4.3 us', 4_300_000],
    ['4.3 µs', 4_300_000],
    ['2 ms', 2e9],
    ['1.5e-3 s', 1.5e9],
    ['1E3 ns', 1e6],
  ])('%s is read into whole picoseconds', (text, value) => {
    expect(parseTime(text)).toBe(value);
  });

  it.each(['110', '110 NS', '-1 ns', 'ns', '1,5 ns', '64 GT/s', '64 GB', '1 toString', '1 e3 ns', ''])(
    '"%s" is refused',
    (text) => {
      expect(() => parseTime(text)).toThrow(/is no quantity with one of the units ps, ns, .*"110 ns"/);
    },
  );

  it('beyond what picoseconds hold exactly is refused', () => {
    expect(parseTime('9007 s')).toBe(9007e12);
    expect(() => parseTime('9008 s')).toThrow(/expected a time below 2\^53 ps/);
    expect(() => parseTime('1e400 s')).toThrow(/expected a time below 2\^53 ps/);
  });

  it('comes back from print and parse', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 50), (ps) => {
        expect(parseTime(formatTime(picoseconds(ps)))).toBe(ps);
      }),
      RUNS,
    );
  });

  it('is printed in nanoseconds with up to three decimals', () => {
    expect(formatTime(picoseconds(8_887))).toBe('8.887 ns');
    expect(formatTime(picoseconds(110_000))).toBe('110 ns');
  });
});

describe('a size', () => {
  it.each([
    ['64 MiB', 2 ** 26],
    ['64 MB', 64e6],
    ['256 B', 256],
    ['0.5 KiB', 512],
    ['1e3 kB', 1e6],
    ['2 TiB', 2 ** 41],
  ])('%s is read into bytes', (text, value) => {
    expect(parseBytes(text)).toBe(value);
  });

  it('with decimals is whole where the decimals say so, though 1.001 * 1000 is not in binary', () => {
    expect(1.001 * 1000).not.toBe(1001);
    for (let n = 1; n <= 9999; n++) {
      expect(parseBytes(`${(n / 1000).toFixed(3)} kB`)).toBe(n);
      expect(parseBytes(`${(n / 1000).toFixed(3)} GB`)).toBe(n * 1e6);
    }
  });

  it.each(['0.5 B', '0.1 KiB', '1.0001 kB'])('%s is refused, as there is no part of a byte', (text) => {
    expect(() => parseBytes(text)).toThrow(/expected a whole number of bytes below 2\^53/);
  });

  it('of 2^53 bytes or more is refused', () => {
    expect(() => parseBytes('8192 TiB')).toThrow(/expected a whole number of bytes below 2\^53/);
  });

  it.each(['64', '64 M', '64 Mb', '64 mib', '64 GB/s', '64 ns'])('"%s" is refused', (text) => {
    expect(() => parseBytes(text)).toThrow(/is no quantity with one of the units B, kB, .*"64 MiB"/);
  });

  it('is printed with the largest binary unit that divides it', () => {
    expect(formatBytes(bytes(2 ** 26))).toBe('64 MiB');
    expect(formatBytes(bytes(96))).toBe('96 B');
    expect(formatBytes(bytes(3 * 2 ** 39))).toBe('1536 GiB');
    expect(formatBytes(bytes(0))).toBe('0 B');
  });

  it('comes back from print and parse', () => {
    const size = fc.tuple(fc.nat(2 ** 12), fc.nat(40)).map(([count, power]) => count * 2 ** power);
    fc.assert(
      fc.property(size, (value) => {
        expect(parseBytes(formatBytes(bytes(value)))).toBe(value);
      }),
      RUNS,
    );
  });
});

describe('a rate', () => {
  it.each([
    ['53 GB/s', 53e9],
    ['0.2 kB/s', 200],
    ['400 Gb/s', 50e9],
    ['1 GiB/s', 2 ** 30],
    ['1e-3 GB/s', 1e6],
  ])('%s is read into bytes per second', (text, value) => {
    expect(parseRate(text)).toBe(value);
  });

  it.each(['53', '64 GT/s', '53 GBps', '53 GB', '53 gb/s'])('"%s" is refused', (text) => {
    expect(() => parseRate(text)).toThrow(/is no quantity with one of the units B\/s, .*"53 GB\/s"/);
  });

  it('without end is refused', () => {
    expect(() => parseRate('1e400 GB/s')).toThrow(/expected a finite rate/);
  });

  it('is printed in GB/s with three decimals', () => {
    expect(formatRate(bytesPerSecond(57.1184e9))).toBe('57.118 GB/s');
  });
});
