import * as z from 'zod';
import { leaf, record } from '../system/leaf.ts';
import { count } from '../system/part-values.ts';
import type { Bytes } from '../units.ts';
import { transferSize } from './scenario-values.ts';

type Maybe<T> = T | undefined;

/** Staging buffers as written; what is absent has the defaults of `scenarioStaged`. */
export interface StagingEntry {
  readonly buffers?: Maybe<number>;
  readonly size?: Maybe<Bytes>;
}

const VIA = /^mem(:[A-Za-z0-9][\w.:-]*)?$/;

/** The memory that a flow is staged through: `mem:<socket>`, or `mem` for that of its source's socket. */
export const via: z.ZodType<string> = leaf<string>({
  expected: 'a memory mem:SOCKET, or mem for that of the source',
  remedy: 'write it like mem:s0, as devices have no staging buffers',
  schema: {
    type: 'string',
    pattern: '^mem',
    description: 'system memory through which the data is staged: mem:SOCKET, or mem for that of the source',
  },
  read: (value) => (typeof value === 'string' && VIA.test(value) ? value : undefined),
});

/** Schema of the staging buffers of a flow. */
export const stagingSchema: z.ZodType<StagingEntry> = record(
  { buffers: count.optional(), size: transferSize.optional() },
  '{ buffers: 4, size: 512 KiB }',
);
