import * as z from 'zod';
import { leaf } from '../../system/leaf.ts';
import type { ModelError } from '../../system/model-error.ts';
import { readDocument } from '../../system/read-document.ts';
import type { Ends, MeasuredPlatform, MeasuredRow, MeasurementFile } from './measured-row.ts';
import { rowRefusal } from './row-refusal.ts';

const text = z.string();
const positive = leaf<number>({
  expected: 'a number above 0',
  remedy: 'write it in the unit that the key says',
  schema: { type: 'number', exclusiveMinimum: 0 },
  read: (value) => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined),
});

const ends = leaf<Ends>({
  expected: 'a pair of names [from, to]',
  remedy: 'write it like [GPU0, GPU1] or ["mem:s0", GPU0]',
  schema: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
  read: (value) =>
    Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'string')
      ? (value as unknown as Ends)
      : undefined,
});

const acs = z.union([
  z.enum(['off', 'unknown']),
  z.object({ redirect: z.union([z.literal('all'), z.array(text)]) }),
]);
const iommu = z.object({
  mode: z.enum(['off', 'passthrough', 'translate', 'unknown']),
  page_bytes: positive.nullish(),
});

const OPS = [
  'write',
  'read',
  'copy',
  'host_to_device',
  'device_to_host',
  'host_both_ways',
  'storage_read',
  'storage_write',
  'rdma',
  'staged_copy',
  'all_reduce',
  'scaling_knee',
  'map_type',
  'distance',
  'peer_write',
  'peer_read',
] as const;

/** Other keys are for people. */
const rowSchema = z.object({
  id: text,
  platform: text,
  trust: z.enum(['A', 'B', 'C', 'D']),
  phenomenon: text.optional(),
  op: z.enum(OPS),
  mode: z.enum(['uni', 'bi_sum', 'concurrent_sum', 'per_flow_mean']),
  flows: z.array(ends),
  background_flows: z.array(ends).optional(),
  transfer_bytes: positive.nullable().default(null),
  window_bytes: positive.nullable().default(null),
  access: z.enum(['random', 'sequential']).nullable().default(null),
  cache: z.enum(['warm', 'cold']).nullable().default(null),
  queue_depth: positive.nullable().default(null),
  acs: acs.default('off'),
  iommu: iommu.default({ mode: 'off' }),
  relaxed_ordering: z.enum(['on', 'off']).optional(),
  overrides: z
    .array(z.object({ link: text, gen: positive.optional(), width: positive.optional() }))
    .default([]),
  protocol: text,
  value: z.union([z.number(), text]),
  unit: z.enum(['GB/s', 'ns', 'enum', 'count']),
  tolerance_pct: z.number().min(0),
  score: z.boolean().default(true),
  no_score_reason: text.nullish(),
  source: text.nullish(),
}) as unknown as z.ZodType<MeasuredRow>;

const platform = z.object({
  cpu: z.object({ vendor: text, model: text.nullish(), family_hint: text.nullish() }),
  topology: z.record(text, z.unknown()).nullable(),
}) as unknown as z.ZodType<MeasuredPlatform>;

const file = z.object({
  platforms: z.record(text, platform),
  measurements: z.array(rowSchema),
});

/** What is said of a value of a row. */
export interface RowRefusal {
  readonly key: keyof MeasuredRow;
  readonly expected: string;
  readonly got?: string;
  readonly remedy: string;
}

/** A file of measurements, and the means to complain about one of its rows. */
export interface MeasurementDocument extends MeasurementFile {
  problem(row: number, refusal: RowRefusal): ModelError;
}

/**
 * Reads a file of measurements: JSON or YAML in the form of `models/measurements`. Throws ModelError with line, column and row
 * for whatever is wrong with it.
 */
export function parseMeasurementFile(content: string, name: string): MeasurementDocument {
  const { value, problem } = readDocument(content, name, file, 'a file of measurements');
  const { platforms, measurements: rows } = value;
  const refuse: MeasurementDocument['problem'] = (i, { key, expected, ...rest }) =>
    problem(['measurements', i, key], { ...rest, expected: `${expected} in row ${rows[i]?.id}` });
  const seen = new Set<string>();
  for (const [i, row] of rows.entries()) {
    const refusal = rowRefusal(row, { ids: seen, platforms });
    if (refusal !== null) throw refuse(i, refusal);
    seen.add(row.id);
  }
  return { file: name, platforms, rows, problem: refuse };
}
