/** Units of the inside: one per dimension, carried by the type. Text with a unit is read and printed only at the borders. */

declare const unit: unique symbol;
type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

/** Integer picoseconds; exact up to 2^53 ps, 2.5 hours. */
export type Picoseconds = Quantity<'ps'>;
/** Whole bytes. */
export type Bytes = Quantity<'B'>;
/** Bytes per second; not necessarily whole. */
export type BytesPerSecond = Quantity<'B/s'>;

/** Marks a number as picoseconds; nothing is checked or converted. */
export const picoseconds = (value: number): Picoseconds => value as Picoseconds;
/** Marks a number as bytes; nothing is checked or converted. */
export const bytes = (value: number): Bytes => value as Bytes;
/** Marks a number as bytes per second; nothing is checked or converted. */
export const bytesPerSecond = (value: number): BytesPerSecond => value as BytesPerSecond;

/** A unit's size as `factor` times ten to the `exponent`. */
type Scale = Readonly<Record<string, readonly [factor: number, exponent: number]>>;

const TIME: Scale = { ps: [1, 0], ns: [1, 3], us: [1, 6], µs: [1, 6], ms: [1, 9], s: [1, 12] };
const SIZE: Scale = {
  B: [1, 0],
  kB: [1, 3],
  MB: [1, 6],
  GB: [1, 9],
  TB: [1, 12],
  KiB: [2 ** 10, 0],
  MiB: [2 ** 20, 0],
  GiB: [2 ** 30, 0],
  TiB: [2 ** 40, 0],
};
const RATE: Scale = {
  'B/s': [1, 0],
  'kB/s': [1, 3],
  'MB/s': [1, 6],
  'GB/s': [1, 9],
  'TB/s': [1, 12],
  'MiB/s': [2 ** 20, 0],
  'GiB/s': [2 ** 30, 0],
  'Mb/s': [1 / 8, 6],
  'Gb/s': [1 / 8, 9],
};

const QUANTITY = /^\s*(\d+(?:\.\d+)?)(?:[eE]([+-]?\d+))?\s*(\S+)\s*$/;

/**
 * Reads a quantity such as `110 ns`; throws RangeError when the number or the unit is not one of this dimension. Powers of
 * ten are moved within the decimal text: `1.001 * 1000` is no whole number in binary arithmetic.
 */
function parse(text: string, scale: Scale, example: string): number {
  const match = QUANTITY.exec(text);
  const name = match?.[3] ?? '';
  const size = Object.hasOwn(scale, name) ? scale[name] : undefined;
  if (!match || size === undefined) {
    throw new RangeError(
      `"${text}" is no quantity with one of the units ${Object.keys(scale).join(', ')}; write it like "${example}"`,
    );
  }
  const [factor, exponent] = size;
  return factor * Number(`${match[1]}e${exponent + Number(match[2] ?? 0)}`);
}

/** `"110 ns"` to picoseconds, rounded to a whole one. Throws RangeError, also above 2^53 ps (2.5 hours). */
export function parseTime(text: string): Picoseconds {
  const value = Math.round(parse(text, TIME, '110 ns'));
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`"${text}" is ${value} ps; expected a time below 2^53 ps (2.5 hours); shorten it`);
  }
  return picoseconds(value);
}

/** `"64 MiB"` to bytes; throws RangeError where it is not a whole number of bytes that a double holds exactly. */
export function parseBytes(text: string): Bytes {
  const value = parse(text, SIZE, '64 MiB');
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(
      `"${text}" is ${value} bytes; expected a whole number of bytes below 2^53; write it like "64 MiB"`,
    );
  }
  return bytes(value);
}

/** `"53 GB/s"` to bytes per second. Throws RangeError, also where the number is too large for a double. */
export function parseRate(text: string): BytesPerSecond {
  const value = parse(text, RATE, '53 GB/s');
  if (!Number.isFinite(value))
    throw new RangeError(`"${text}" is ${value} B/s; expected a finite rate; lower it`);
  return bytesPerSecond(value);
}

/** Largest binary unit that divides the size, e.g. `64 MiB`, `96 B`. */
export function formatBytes(value: Bytes): string {
  for (const name of ['TiB', 'GiB', 'MiB', 'KiB'] as const) {
    const [factor] = SIZE[name] ?? [1];
    if (value >= factor && value % factor === 0) return `${value / factor} ${name}`;
  }
  return `${value} B`;
}

/** Nanoseconds with up to three decimals, e.g. `8.887 ns`. */
export const formatTime = (value: Picoseconds): string => `${Number((value / 1e3).toFixed(3))} ns`;

/** GB/s with three decimals, 1 GB = 10^9 B. */
export const formatRate = (value: BytesPerSecond): string => `${(value / 1e9).toFixed(3)} GB/s`;
