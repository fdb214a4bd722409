import * as z from 'zod';
import type { BarEntry } from './child-entry.ts';
import { leaf, record } from './leaf.ts';
import { barSize } from './quantities.ts';

const NUMBER = /^[+-]?(0x[0-9a-f]+|\d+)$/i;

/** YAML reads hexadecimal numbers with a sign, and nothing else that is meant as a number here, as text. */
function integerOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !NUMBER.test(value)) return undefined;
  const magnitude = Number(value.replace(/^[+-]/, ''));
  return value.startsWith('-') ? -magnitude : magnitude;
}

function exactInteger(value: unknown, least: number): number | undefined {
  const read = integerOf(value);
  return read !== undefined && Number.isSafeInteger(read) && read >= least ? read : undefined;
}

const address = leaf<number>({
  expected: 'an address from 0 to 2^53 - 1',
  remedy: 'write it like 0x6000000000, or leave it away where it is not known',
  schema: { type: ['integer', 'string'], description: 'CPU address, decimal or hexadecimal' },
  read: (value) => exactInteger(value, 0),
});

/** Of a host bridge: PCI bus address minus CPU address, in bytes. Source: kernel-p2pdma, section 2. */
export const busOffset = leaf<number>({
  expected: 'a whole number of bytes of at most 2^53 - 1 either way',
  remedy: 'write it like -0x5f80000000 (bus address minus CPU address), or leave it away where it is 0',
  schema: { type: ['integer', 'string'], description: 'PCI bus address minus CPU address' },
  read: (value) => exactInteger(value, -Number.MAX_SAFE_INTEGER),
});

const bar = record(
  { size: barSize, kind: z.enum(['memory', 'io']).optional(), address: address.optional() },
  '{ size: "32 GiB" }',
);

/** The BARs of a function in the order of its registers; an empty list where it has none. */
export const barList: z.ZodType<readonly BarEntry[]> = z.array(bar);
