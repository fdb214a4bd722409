import * as z from 'zod';
import { record } from '../system/leaf.ts';
import { id } from '../system/names.ts';
import { count } from '../system/part-values.ts';
import { rate, size, time } from '../system/quantities.ts';
import type { Bytes, BytesPerSecond, Picoseconds } from '../units.ts';
import { memoryEnd, transferSize } from './scenario-values.ts';

type Maybe<T> = T | undefined;

/** A user of a provider's pool as written; what is absent has the defaults of `scenarioPages`. */
export interface PagesClientEntry {
  readonly id?: Maybe<string>;
  readonly device: string;
  readonly op?: Maybe<'write' | 'read'>;
  readonly size: Bytes;
  readonly depth?: Maybe<number>;
  readonly rate?: Maybe<BytesPerSecond>;
  readonly requests?: Maybe<number>;
  readonly hold: Picoseconds;
  readonly start?: Maybe<Picoseconds>;
  readonly leak?: Maybe<boolean>;
}

/** A provider of memory with pages as written. */
export interface PagesEntry {
  readonly id: string;
  readonly provider: string;
  readonly pool: Bytes;
  readonly fallback?: Maybe<string>;
  readonly remove?: Maybe<Picoseconds>;
  readonly grace?: Maybe<Picoseconds>;
  readonly clients: readonly PagesClientEntry[];
}

const client = record(
  {
    id: id.optional(),
    device: id,
    op: z.enum(['write', 'read']).optional(),
    size: transferSize,
    depth: count.optional(),
    rate: rate.optional(),
    requests: count.optional(),
    hold: time,
    start: time.optional(),
    leak: z.boolean().optional(),
  },
  '{ device: nic0, size: 128 KiB, depth: 16, hold: 20 us }',
);

/** Schema of peer memory with pages (a controller memory buffer) in a scenario. */
export const pagesSchema: z.ZodType<PagesEntry> = record(
  {
    id,
    provider: id,
    pool: size,
    fallback: memoryEnd.optional(),
    remove: time.optional(),
    grace: time.optional(),
    clients: z.array(client).min(1),
  },
  '{ id: cmb, provider: nvme0, pool: 2 MiB, clients: [{ device: nic0, size: 128 KiB, hold: 20 us }] }',
);
