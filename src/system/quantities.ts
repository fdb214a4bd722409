import type * as z from 'zod';
import {
  type Bytes,
  type BytesPerSecond,
  parseBytes,
  parseRate,
  parseTime,
  type Picoseconds,
} from '../units.ts';
import { leaf } from './leaf.ts';

interface QuantityRules<T> {
  readonly what: string;
  readonly example: string;
  readonly parse: (text: string) => T;
  readonly accepts?: (value: T) => boolean;
}

const NUMBER = String.raw`^\s*\d+(\.\d+)?([eE][+-]?\d+)?\s*`;

function quantity<T>({ what, example, parse, accepts }: QuantityRules<T>): z.ZodType<T> {
  return leaf({
    expected: what,
    remedy: `write it like "${example}"`,
    schema: { type: 'string', pattern: `${NUMBER}\\S+\\s*$`, description: what, examples: [example] },
    read(value) {
      if (typeof value !== 'string') return undefined;
      const parsed = parse(value);
      return accepts === undefined || accepts(parsed) ? parsed : undefined;
    },
  });
}

const isPowerOfTwo = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value));

export const time = quantity<Picoseconds>({
  what: 'a time with its unit',
  example: '115 ns',
  parse: parseTime,
});

export const size = quantity<Bytes>({
  what: 'a size with its unit',
  example: '256 KiB',
  parse: parseBytes,
  accepts: (value) => value > 0,
});

export const rate = quantity<BytesPerSecond>({
  what: 'a rate with its unit',
  example: '53 GB/s',
  parse: parseRate,
  accepts: (value) => value > 0,
});

/** Maximum payload or read request: a power of two of 128 B to 4 KiB (PCIe Base Specification 5.0, section 7.5.3.4). */
export const payloadSize = quantity<Bytes>({
  what: 'a payload size of 128 B, 256 B, 512 B, 1 KiB, 2 KiB or 4 KiB',
  example: '256 B',
  parse: parseBytes,
  accepts: (value) => isPowerOfTwo(value) && value >= 128 && value <= 4096,
});

/** Source: PCIe Base Specification 5.0, section 7.5.1.2.1; the smallest is that of I/O. */
export const barSize = quantity<Bytes>({
  what: 'the size of a BAR: a power of two from 4 B on',
  example: '32 GiB',
  parse: parseBytes,
  accepts: (value) => isPowerOfTwo(value) && value >= 4,
});

export const pageSize = quantity<Bytes>({
  what: 'a page size: a power of two from 4 KiB on',
  example: '4 KiB',
  parse: parseBytes,
  accepts: (value) => isPowerOfTwo(value) && value >= 4096,
});
