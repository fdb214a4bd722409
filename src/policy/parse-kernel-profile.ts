import * as z from 'zod';
import { deepFreeze } from '../system/deep-freeze.ts';
import { leaf, record } from '../system/leaf.ts';
import { readDocument, type TypedDocument } from '../system/read-document.ts';
import type { AllowListEntry, CpuCheck, KernelProfile } from './kernel-profile.ts';

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

const cpuCheckSchema = record({
  vendor: z.enum(['AMD', 'Intel', 'Hygon', 'ARM', 'IBM']),
  arch: z.enum(['x86', 'arm64', 'ppc64']),
  min_family: number16('a processor family'),
  source,
});

const schema = record({
  kernel: text('a name such as linux-7.3 or my-kernel', /^[a-z0-9][\w.+-]*$/i),
  release: text('a release in quotes, such as "7.3"', /^\d+\.\d+$/),
  about: text('a sentence'),
  status: record({ kind: z.enum(['exact', 'inferred', 'proposed']), source }),
  algorithm: record({ kind: z.enum(['path', 'common-bridge-only', 'divergence']), source }),
  acs: record({
    disable_redirect: z.enum(['from-firmware', 'from-result']),
    config_acs: z.boolean(),
    source,
  }),
  cpu_check: cpuCheckSchema.nullable(),
  allow_list: z.array(entrySchema),
});

type Entry = z.infer<typeof schema>;

function entryOf({ same_host_bridge_only, ...entry }: z.infer<typeof entrySchema>): AllowListEntry {
  return { ...entry, sameHostBridgeOnly: same_host_bridge_only };
}

const cpuCheckOf = ({ min_family, ...check }: z.infer<typeof cpuCheckSchema>): CpuCheck => ({
  ...check,
  minFamily: min_family,
});

/** A kernel that is named after a release is of that release. */
function checkRelease({ value, problem }: TypedDocument<Entry>): void {
  const { kernel, release } = value;
  if (!/^linux-\d+\.\d+$/.test(kernel) || kernel === `linux-${release}`) return;
  const expected = `the release of ${kernel}, "${kernel.slice('linux-'.length)}"`;
  throw problem(['release'], { expected, remedy: 'let both name one release' });
}

/** Whoever allows no host bridge has no use for what would allow one. */
function checkUnused({ value, problem }: TypedDocument<Entry>): void {
  if (value.algorithm.kind !== 'common-bridge-only') return;
  const remedy = 'remove it, or choose the algorithm path';
  const expected = 'for the algorithm common-bridge-only, which allows no host bridge,';
  if (value.cpu_check !== null) throw problem(['cpu_check'], { expected: `${expected} null`, remedy }, 'key');
  if (value.allow_list.length > 0)
    throw problem(['allow_list'], { expected: `${expected} an empty list`, remedy }, 'key');
}

function profileOf({ kernel, algorithm, acs, cpu_check, allow_list, ...rest }: Entry): KernelProfile {
  const { disable_redirect: disableRedirect, config_acs: configAcs, source: acsSource } = acs;
  return {
    ...rest,
    name: kernel,
    algorithm: algorithm.kind,
    acs: { disableRedirect, configAcs, source: acsSource },
    cpuCheck: cpu_check && cpuCheckOf(cpu_check),
    allowList: allow_list.map(entryOf),
  };
}

/**
 * Reads a kernel profile (the form of `models/kernels/*.yaml`); immutable. Throws ModelError with line and column where
 * the text is no YAML, a key is unknown or missing, a value is of the wrong form, name and release differ, or there is an
 * allow list that the algorithm would not look at.
 */
export function parseKernelProfile(fileText: string, fileName: string): KernelProfile {
  const document = readDocument(fileText, fileName, schema, 'a kernel profile');
  checkRelease(document);
  checkUnused(document);
  return deepFreeze(profileOf(document.value));
}
