import * as z from 'zod';
import { deepFreeze } from '../system/deep-freeze.ts';
import { leaf, record } from '../system/leaf.ts';
import { readDocument } from '../system/read-document.ts';
import type { AllowListEntry, KernelProfile } from './kernel-profile.ts';

const text = (expected: string, pattern = /\S/): z.ZodType<string> =>
  leaf({
    expected,
    remedy: `write ${expected}`,
    schema: { type: 'string' },
    read: (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined),
  });

const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 0xffff;

const number16 = (expected: string): z.ZodType<number> =>
  leaf({
    expected,
    remedy: 'write it like 0x8086',
    schema: { type: 'integer' },
    read: (value) => (isId(value) ? value : undefined),
  });

const deviceId: z.ZodType<number | 'any'> = leaf({
  expected: 'a PCI device id of 16 bits, or any',
  remedy: 'write it like 0x09a2, or any',
  schema: { anyOf: [{ type: 'integer' }, { const: 'any' }] },
  read: (value) => (isId(value) || value === 'any' ? value : undefined),
});

const source = text('a source');

const entrySchema = record({
  vendor: number16('a PCI vendor id of 16 bits'),
  device: deviceId,
  same_host_bridge_only: z.boolean(),
  name: text('a name'),
  since: text('a release in quotes', /^\d+\.\d+/),
  source,
});

const schema = record({
  kernel: text('a name such as linux-7.3', /^linux-\d+\.\d+$/),
  release: text('a release in quotes, such as "7.3"', /^\d+\.\d+$/),
  about: text('a sentence'),
  algorithm: record({ kind: z.enum(['path']), source }),
  cpu_check: record({
    vendor: z.enum(['AMD', 'Intel', 'Hygon', 'ARM', 'IBM']),
    arch: z.enum(['x86', 'arm64', 'ppc64']),
    min_family: number16('a processor family'),
    source,
  }),
  allow_list: z.array(entrySchema),
});

function entryOf({ same_host_bridge_only, ...entry }: z.infer<typeof entrySchema>): AllowListEntry {
  return { ...entry, sameHostBridgeOnly: same_host_bridge_only };
}

/**
 * Reads a kernel profile (the form of `models/kernels/*.yaml`); immutable. Throws ModelError with line and column where
 * the text is no YAML, a key is unknown or missing, a value is of the wrong form, or name and release differ.
 */
export function parseKernelProfile(fileText: string, fileName: string): KernelProfile {
  const document = readDocument(fileText, fileName, schema, 'a kernel profile');
  const { kernel, release, about, algorithm, cpu_check, allow_list } = document.value;
  if (kernel !== `linux-${release}`) {
    throw document.problem(['release'], {
      expected: `the release of ${kernel}, "${kernel.slice('linux-'.length)}"`,
      remedy: 'let both name one release',
    });
  }
  const { min_family, ...cpuCheck } = cpu_check;
  return deepFreeze({
    name: kernel,
    release,
    about,
    algorithm: algorithm.kind,
    cpuCheck: { ...cpuCheck, minFamily: min_family },
    allowList: allow_list.map(entryOf),
  });
}
