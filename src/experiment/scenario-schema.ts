import * as z from 'zod';
import type { Generation, Width } from '../pcie/generation.ts';
import { bitErrorRate, redirect } from '../system/child-schema.ts';
import type { Ports } from '../system/edit.ts';
import { record } from '../system/leaf.ts';
import { id, kernelName, text } from '../system/names.ts';
import { count } from '../system/part-values.ts';
import { generation, width } from '../system/pci-values.ts';
import type { Operation } from '../routing/transfer-spec.ts';
import { pageSize, rate, time } from '../system/quantities.ts';
import type { IommuMode } from '../system/system.ts';
import type { Bytes, BytesPerSecond, Picoseconds } from '../units.ts';
import { type BenchmarkEntry, benchmarkSchema } from './benchmark-schema.ts';
import { type BufferEntry, bufferSchema } from './buffer-schema.ts';
import { type PagesEntry, pagesSchema } from './pages-schema.ts';
import { ends, interval, seed, transferSize } from './scenario-values.ts';
import { type StagingEntry, stagingSchema, via } from './staging-schema.ts';

type Maybe<T> = T | undefined;

/** A flow as written; what is absent has the defaults of `scenarioFlows`. */
export interface FlowEntry {
  readonly id?: Maybe<string>;
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
  /** System memory through which it is staged. */
  readonly via?: Maybe<string>;
  readonly staging?: Maybe<StagingEntry>;
  readonly op?: Maybe<Operation>;
  readonly size: Bytes;
  readonly region?: Maybe<Bytes>;
  readonly access?: Maybe<'sequential' | 'random'>;
  readonly cached?: Maybe<boolean>;
  readonly transfers?: Maybe<number>;
  readonly depth?: Maybe<number>;
  readonly rate?: Maybe<BytesPerSecond>;
  readonly spread?: Maybe<'transfer' | 'request'>;
  readonly start?: Maybe<Picoseconds>;
  /** Time from one invalidation of the translations that the initiator keeps to the next. */
  readonly invalidate_every?: Maybe<Picoseconds>;
  readonly relaxed_ordering?: Maybe<boolean>;
  readonly id_based_ordering?: Maybe<boolean>;
}

/** Changes to the system: exactly these ports redirect; these links run at another speed; another IOMMU mode. */
export interface SetEntry {
  readonly acs?: Maybe<{ readonly redirect: Ports }>;
  readonly links?: Maybe<
    readonly {
      readonly link: string;
      readonly gen: Generation;
      readonly width: Width;
      readonly bit_error_rate?: Maybe<number>;
    }[]
  >;
  readonly iommu?: Maybe<{ readonly mode: IommuMode; readonly page_bytes?: Maybe<Bytes> }>;
  /** Least time between posted writes of one root port that leave by different ones. */
  readonly destination_change?: Maybe<Picoseconds>;
}

/** A scenario file as written. */
export interface ScenarioEntry {
  readonly scenario: string;
  readonly about?: Maybe<string>;
  readonly system: string;
  readonly kernel?: Maybe<string>;
  readonly seed?: Maybe<string>;
  readonly set?: Maybe<SetEntry>;
  readonly flows: readonly FlowEntry[];
  /** A tool that has the machine to itself. */
  readonly benchmark?: Maybe<BenchmarkEntry>;
  readonly buffers?: Maybe<readonly BufferEntry[]>;
  readonly pages?: Maybe<readonly PagesEntry[]>;
  /** Length of the intervals of a timeline of rates. */
  readonly timeline?: Maybe<Picoseconds>;
  readonly until?: Maybe<{ readonly delivered?: Maybe<'all'>; readonly time?: Maybe<Picoseconds> }>;
}

const flow = record(
  {
    id: text.optional(),
    from: ends,
    to: ends,
    via: via.optional(),
    staging: stagingSchema.optional(),
    op: z.enum(['write', 'read', 'atomic']).optional(),
    size: transferSize,
    region: transferSize.optional(),
    access: z.enum(['sequential', 'random']).optional(),
    cached: z.boolean().optional(),
    transfers: count.optional(),
    depth: count.optional(),
    rate: rate.optional(),
    spread: z.enum(['transfer', 'request']).optional(),
    start: time.optional(),
    invalidate_every: time.optional(),
    relaxed_ordering: z.boolean().optional(),
    id_based_ordering: z.boolean().optional(),
  },
  '{ from: gpu0, to: gpu1, size: 64 MiB }',
);

const changes = record(
  {
    acs: record({ redirect }, '{ redirect: all }').optional(),
    links: z
      .array(
        record(
          { link: id, gen: generation, width, bit_error_rate: bitErrorRate.optional() },
          '{ link: rp20, gen: 2, width: 16 }',
        ),
      )
      .optional(),
    iommu: record(
      { mode: z.enum(['off', 'passthrough', 'translate']), page_bytes: pageSize.optional() },
      '{ mode: off }',
    ).optional(),
    destination_change: time.optional(),
  },
  '{ acs: { redirect: all } }',
);

/** Schema of a scenario file (DESIGN, section 7). */
export const scenarioSchema: z.ZodType<ScenarioEntry> = record({
  scenario: id,
  about: text.optional(),
  system: text,
  kernel: kernelName.optional(),
  seed: seed.optional(),
  set: changes.optional(),
  flows: z.array(flow).default([]),
  benchmark: benchmarkSchema.optional(),
  buffers: z.array(bufferSchema).optional(),
  pages: z.array(pagesSchema).optional(),
  timeline: interval.optional(),
  until: record(
    { delivered: z.enum(['all']).optional(), time: time.optional() },
    '{ delivered: all }',
  ).optional(),
});
