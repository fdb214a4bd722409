import * as z from 'zod';
import type { Operation } from '../routing/transfer-spec.ts';
import { leaf, record } from '../system/leaf.ts';
import { count } from '../system/part-values.ts';
import type { Bytes } from '../units.ts';
import { BENCHMARKS } from './benchmarks/benchmarks.ts';
import { pairOfEnds, end, transferSize } from './scenario-values.ts';

type Maybe<T> = T | undefined;

/** A benchmark as written; what is absent is as the tool does it. */
export interface BenchmarkEntry {
  readonly tool: string;
  readonly pairs?: Maybe<readonly (readonly [from: string, to: string])[]>;
  readonly devices?: Maybe<readonly string[]>;
  /** How far on in the list of devices each one's partner is. */
  readonly shift?: Maybe<number>;
  readonly op?: Maybe<Exclude<Operation, 'atomic'>>;
  readonly size?: Maybe<Bytes>;
  /** Of host memory within which transfers lie. */
  readonly window?: Maybe<Bytes>;
  readonly access?: Maybe<'sequential' | 'random'>;
  readonly cached?: Maybe<boolean>;
  readonly depth?: Maybe<number>;
  readonly relaxed_ordering?: Maybe<boolean>;
}

const TOOLS = Object.keys(BENCHMARKS);

const tool = leaf<string>({
  expected: 'the name of a benchmark',
  remedy: `choose from ${TOOLS.join(', ')}`,
  schema: {
    oneOf: Object.entries(BENCHMARKS).map(([name, { about }]) => ({ const: name, description: about })),
  },
  read: (value) => TOOLS.find((name) => name === value),
});

/** Schema of the benchmark of a scenario. */
export const benchmarkSchema: z.ZodType<BenchmarkEntry> = record(
  {
    tool,
    pairs: z.array(pairOfEnds).optional(),
    devices: z.array(end).optional(),
    shift: count.optional(),
    op: z.enum(['write', 'read']).optional(),
    size: transferSize.optional(),
    window: transferSize.optional(),
    access: z.enum(['sequential', 'random']).optional(),
    cached: z.boolean().optional(),
    depth: count.optional(),
    relaxed_ordering: z.boolean().optional(),
  },
  '{ tool: nvbandwidth_ce, pairs: [[gpu0, gpu1]] }',
);
