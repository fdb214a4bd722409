import { describe, expect, test } from 'vitest';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { parseKernelProfile } from '../../src/policy/parse-kernel-profile.ts';
import { sortKernels } from '../../src/policy/sort-kernels.ts';
import { ModelError } from '../../src/system/model-error.ts';
import { KERNELS, loadKernel } from '../support/kernel-files.ts';
import { ALLOW_LISTS, PROFILES } from '../support/vector-fixture.ts';

const idOf = (entry: { vendor: number; device: number | 'any' | null }) =>
  `${entry.vendor.toString(16)}:${entry.device ?? 'any'}`;

describe('the shipped kernel profiles', () => {
  test('are those of the vectors', () => {
    expect(KERNELS).toEqual(['linux-6.19', 'linux-7.1', 'linux-7.2', 'linux-7.3']);
    expect(Object.keys(PROFILES).sort()).toEqual([...KERNELS].sort());
  });

  test.each(Object.entries(PROFILES))(
    '%s has the allow list of the vectors, in order',
    (name, { allowList }) => {
      const expected = ALLOW_LISTS[allowList as keyof typeof ALLOW_LISTS];
      const profile = loadKernel(name);
      expect(profile.allowList.map(idOf)).toEqual(expected.map(idOf));
      expect(profile.allowList.map((entry) => entry.sameHostBridgeOnly)).toEqual(
        expected.map((entry) => entry.reqSameHostBridge),
      );
    },
  );

  test.each(KERNELS)('%s trusts AMD from Zen on and gives a source for everything', (name) => {
    const { cpuCheck, allowList } = loadKernel(name);
    expect(cpuCheck).toMatchObject({ vendor: 'AMD', arch: 'x86', minFamily: 0x17 });
    for (const { source } of [cpuCheck, ...allowList]) expect(source).toMatch(/kernel-p2pdma 1\.[45]/);
  });
});

test('Zhaoxin host bridges are not in 7.3, which a running 7.3.4 kernel refuses', () => {
  expect(loadKernel('linux-7.3').allowList.filter((entry) => entry.vendor === 0x1d17)).toEqual([]);
});

test('the newest profile is the default, and an unknown one is refused with those that there are', () => {
  expect(loadKernelProfile().name).toBe('linux-7.3');
  expect(() => loadKernelProfile('linux-7.4')).toThrow(
    /"linux-7.4".*linux-6.19, linux-7.1, linux-7.2, linux-7.3/,
  );
});

test('releases are ordered as numbers', () => {
  expect(sortKernels(['linux-7.3', 'linux-6.9', 'linux-6.19', 'linux-10.0'])).toEqual([
    'linux-6.9',
    'linux-6.19',
    'linux-7.3',
    'linux-10.0',
  ]);
});

const GOOD = `kernel: linux-7.3
release: "7.3"
about: a test
algorithm: { kind: path, source: s }
cpu_check: { vendor: AMD, arch: x86, min_family: 0x17, source: s }
allow_list:
  - { vendor: 0x8086, device: "any", same_host_bridge_only: true, name: n, since: "5.4", source: s }
`;

test.each([
  ['vendor: 0x8086', 'vendor: 8086x', 'allow_list[0].vendor', 7],
  ['device: "any"', 'device: 0x123456', 'allow_list[0].device', 7],
  ['min_family', 'min_famly', 'cpu_check.min_famly', 5],
  ['kind: path', 'kind: divergence', 'algorithm.kind', 4],
  ['release: "7.3"', 'release: "7.2"', 'release', 2],
  ['same_host_bridge_only: true, ', '', 'allow_list[0].same_host_bridge_only', 7],
])('a profile with %s made "%s" is refused at %s, line %i', (from, to, path, line) => {
  const parse = () => parseKernelProfile(GOOD.replace(from, to), 'k.yaml');
  expect(() => parseKernelProfile(GOOD, 'k.yaml')).not.toThrow();
  expect(parse).toThrow(ModelError);
  expect(parse).toThrow(expect.objectContaining({ file: 'k.yaml', path, line }) as Error);
});
