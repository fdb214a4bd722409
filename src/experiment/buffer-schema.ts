import * as z from 'zod';
import { record } from '../system/leaf.ts';
import { id } from '../system/names.ts';
import { count } from '../system/part-values.ts';
import { time } from '../system/quantities.ts';
import type { Bytes, Picoseconds } from '../units.ts';
import { memoryEnd, transferSize } from './scenario-values.ts';

type Maybe<T> = T | undefined;

/** A user of a shared buffer as written; what is absent has the defaults of `scenarioBuffers`. */
export interface ImporterEntry {
  readonly id?: Maybe<string>;
  readonly device: string;
  readonly kind?: Maybe<'page-fault' | 'iommufd' | 'gpu' | 'pinned' | 'static'>;
  readonly op?: Maybe<'write' | 'read'>;
  readonly size: Bytes;
  readonly depth?: Maybe<number>;
  readonly transfers?: Maybe<number>;
  readonly job?: Maybe<number>;
  readonly start?: Maybe<Picoseconds>;
}

/** What the exporter does at a time; `to` goes with `move`. */
export interface StepEntry {
  readonly at: Picoseconds;
  readonly do: 'move' | 'revoke' | 'unrevoke' | 'remove';
  readonly to?: Maybe<string>;
}

/** A buffer as written. */
export interface BufferEntry {
  readonly id: string;
  readonly exporter: string;
  readonly kind?: Maybe<'vfio' | 'gpu' | 'uverbs'>;
  readonly size: Bytes;
  readonly fallback?: Maybe<string>;
  readonly importers: readonly ImporterEntry[];
  readonly steps?: Maybe<readonly StepEntry[]>;
}

const importer = record(
  {
    id: id.optional(),
    device: id,
    kind: z.enum(['page-fault', 'iommufd', 'gpu', 'pinned', 'static']).optional(),
    op: z.enum(['write', 'read']).optional(),
    size: transferSize,
    depth: count.optional(),
    transfers: count.optional(),
    job: count.optional(),
    start: time.optional(),
  },
  '{ device: nic0, kind: page-fault, size: 4 KiB, depth: 16 }',
);

const step = record(
  { at: time, do: z.enum(['move', 'revoke', 'unrevoke', 'remove']), to: z.union([memoryEnd, id]).optional() },
  '{ at: 100 us, do: move, to: mem:s0 }',
);

/** Schema of a shared buffer (DMABUF) in a scenario. */
export const bufferSchema: z.ZodType<BufferEntry> = record(
  {
    id,
    exporter: id,
    kind: z.enum(['vfio', 'gpu', 'uverbs']).optional(),
    size: transferSize,
    fallback: memoryEnd.optional(),
    importers: z.array(importer).min(1),
    steps: z.array(step).optional(),
  },
  '{ id: frames, exporter: gpu0, size: 1 MiB, importers: [{ device: nic0, size: 4 KiB }] }',
);
