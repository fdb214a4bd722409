import type * as z from 'zod';
import { leaf } from '../system/leaf.ts';
import { type Bytes, parseBytes, parseTime, type Picoseconds } from '../units.ts';

const TIB = 2 ** 40;

/** Largest amount of data that one flow may move; a TiB is some hours of computing. */
export const MOST_BYTES = TIB;

/** Bytes of one transfer. */
export const transferSize: z.ZodType<Bytes> = leaf<Bytes>({
  expected: 'a size with its unit, from 1 B to 1 TiB',
  remedy: 'write it like "64 MiB"',
  schema: { type: 'string', description: 'bytes of one transfer, 1 B to 1 TiB', examples: ['64 MiB'] },
  read(value) {
    const size = typeof value === 'string' ? parseBytes(value) : undefined;
    return size !== undefined && size >= 1 && size <= TIB ? size : undefined;
  },
});

const END = /^(mem:)?[A-Za-z0-9][\w.:-]*$/;
const isEnd = (value: unknown): value is string => typeof value === 'string' && END.test(value);

/** A device or a memory. */
export const end: z.ZodType<string> = leaf<string>({
  expected: 'a device, or memory mem:SOCKET',
  remedy: 'write it like gpu0 or mem:s0',
  schema: { type: 'string', description: 'a device, or memory mem:SOCKET' },
  read: (value) => (isEnd(value) ? value : undefined),
});

/** Two ends, between which a benchmark measures. */
export const pairOfEnds: z.ZodType<readonly [from: string, to: string]> = leaf({
  expected: 'two ends, each a device or memory mem:SOCKET',
  remedy: 'write it like [gpu0, gpu1]',
  schema: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
  read: (value) =>
    Array.isArray(value) && value.length === 2 && value.every(isEnd)
      ? (value as unknown as readonly [string, string])
      : undefined,
});

/** One end of a flow, or several of which one is drawn; as in the file, for messages to find the place. */
export const ends: z.ZodType<string | readonly string[]> = leaf<string | readonly string[]>({
  expected: 'a device, memory mem:SOCKET, or a list of them',
  remedy: 'write it like gpu0, mem:s0 or [gpu1, gpu2]',
  schema: {
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
    description: 'a device, memory mem:SOCKET, or several of which one is drawn at a time',
  },
  read(value) {
    if (isEnd(value)) return value;
    return Array.isArray(value) && value.length > 0 && value.every(isEnd) ? (value as string[]) : undefined;
  },
});

/** The memory of a socket. */
export const memoryEnd: z.ZodType<string> = leaf<string>({
  expected: 'a memory mem:SOCKET',
  remedy: 'write it like mem:s0',
  schema: { type: 'string', pattern: '^mem:', description: 'the memory of a socket' },
  read: (value) => (isEnd(value) && value.startsWith('mem:') ? value : undefined),
});

/** A time above 0. */
export const interval: z.ZodType<Picoseconds> = leaf<Picoseconds>({
  expected: 'a time above 0 with its unit',
  remedy: 'write it like "10 us"',
  schema: { type: 'string', description: 'a time above 0', examples: ['10 us'] },
  read(value) {
    const parsed = typeof value === 'string' ? parseTime(value) : undefined;
    return parsed !== undefined && parsed > 0 ? parsed : undefined;
  },
});

/** Whatever a person likes to name a seed; `7` and `"7"` are the same one. */
export const seed: z.ZodType<string> = leaf<string>({
  expected: 'a seed: a whole number or a word',
  remedy: 'write it like 1',
  schema: { type: ['integer', 'string'], description: 'seed of all randomness' },
  read(value) {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  },
});
