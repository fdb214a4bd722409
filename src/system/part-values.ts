import type * as z from 'zod';
import { leaf } from './leaf.ts';
import type { Bytes } from '../units.ts';
import type { DllpPolicy, UpdatePolicy } from './part.ts';
import { size, time } from './quantities.ts';

const isCount = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least;

export const count = leaf<number>({
  expected: 'a whole number from 1 on',
  remedy: 'write it like 256',
  schema: { type: 'integer', minimum: 1 },
  read: (value) => (isCount(value, 1) ? value : undefined),
});

/** `null` for the word in the file that says there is no limit. */
function orWord<T>(inner: z.ZodType<T>, word: string, example: string): z.ZodType<T | null> {
  return leaf<T | null>({
    expected: `a value like ${example}, or ${word}`,
    remedy: `write it like ${example}, or ${word}`,
    schema: { type: ['integer', 'number', 'string'], description: `a value like ${example}, or ${word}` },
    read: (value) => (value === word ? null : inner.safeParse(value).data),
  });
}

export const noneOr = <T>(inner: z.ZodType<T>, example: string) => orWord(inner, 'none', example);

export const unlimitedOr = <T>(inner: z.ZodType<T>, example: string) => orWord(inner, 'unlimited', example);

/** Flow-control credits: infinite is what the specification calls an advertisement of zero. */
export const credits = orWord<number>(
  leaf({
    expected: 'credits',
    remedy: 'write it like 127',
    schema: {},
    read: (value) => (isCount(value, 1) ? value : undefined),
  }),
  'infinite',
  '127',
);

const factor = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 1 ? value : undefined;

export const speedup = unlimitedOr(
  leaf<number>({
    expected: 'a factor from 1 on',
    remedy: 'write it like 2',
    schema: { type: 'number' },
    read: factor,
  }),
  '2',
);

function readShare(value: unknown): number | undefined {
  const ratio = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(value) : null;
  const share = ratio ? Number(ratio[1]) / Number(ratio[2]) : value;
  return typeof share === 'number' && share >= 0 && share < 1 ? share : undefined;
}

export const share = leaf<number>({
  expected: 'a share below 1',
  remedy: 'write it like "1/376" or 0.0027',
  schema: { type: ['number', 'string'], description: 'a share below 1, like "1/376"' },
  read: readShare,
});

function readDllp(value: unknown): DllpPolicy | undefined {
  if (value === 'none' || value === 'specification-limit') return { kind: value };
  const [, each] = (typeof value === 'string' && /^(.+) per TLP$/.exec(value)) || [];
  if (each === undefined) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(each)) return { kind: 'per-tlp', count: Number(each) };
  const duration = time.safeParse(each).data;
  return duration === undefined ? undefined : { kind: 'time-per-tlp', time: duration };
}

export const dllpPolicy = leaf<DllpPolicy>({
  expected: 'none, specification-limit, or a number or a time per TLP',
  remedy: 'write it like "1 per TLP" or "127 ps per TLP"',
  schema: {
    type: 'string',
    pattern: String.raw`^(none|specification-limit|\d+(\.\d+)?( [a-zµ]+)? per TLP)$`,
  },
  read: readDllp,
});

function readUpdatePolicy(value: unknown): UpdatePolicy | undefined {
  if (value === 'at once') return { kind: 'at-once' };
  if (value === 'specification-limit') return { kind: value };
  const period = time.safeParse(value).data;
  return period !== undefined && period > 0 ? { kind: 'period', period } : undefined;
}

/** When freed credits are announced. */
export const updatePolicy = leaf<UpdatePolicy>({
  expected: 'at once, specification-limit, or a period',
  remedy: 'write it like "at once" or "200 ns"',
  schema: { type: 'string', description: 'at once, specification-limit, or a period like "200 ns"' },
  read: readUpdatePolicy,
});

/** A boundary at which a root complex cuts TLPs: a power of two from one cache line of 64 B on. */
export const cutBoundary = leaf<Bytes>({
  expected: 'a power of two from 64 B on',
  remedy: 'write it like "64 B"',
  schema: { type: 'string', examples: ['64 B'] },
  read(value) {
    const boundary = size.safeParse(value).data;
    return boundary !== undefined && boundary >= 64 && Number.isInteger(Math.log2(boundary))
      ? boundary
      : undefined;
  },
});

/** One of a few words or numbers. */
export function choice<const T extends string | number>(...values: readonly T[]): z.ZodType<T> {
  return leaf<T>({
    expected: `one of ${values.join(', ')}`,
    remedy: 'choose one of these',
    schema: { enum: values },
    read: (value) => values.find((known) => known === value),
  });
}

/** Double words of a memory request's header: 3 with a 32-bit address, 4 with a 64-bit one. */
export const headerDoubleWords = choice(3, 4);

/** Read completion boundary of a root complex (PCIe Base Specification 5.0, section 2.3.1.1). */
export const rcb = leaf<Bytes>({
  expected: '64 B or 128 B',
  remedy: 'write it like "64 B"',
  schema: { enum: ['64 B', '128 B'] },
  read(value) {
    const boundary = size.safeParse(value).data;
    return boundary === 64 || boundary === 128 ? boundary : undefined;
  },
});

/** x86 family as Linux prints it in hexadecimal or decimal; 0 for what is not x86. */
export const family = leaf<number>({
  expected: 'an x86 family, or 0',
  remedy: 'write it like 0x1a',
  schema: { type: 'integer', minimum: 0 },
  read: (value) => (isCount(value, 0) ? value : undefined),
});
