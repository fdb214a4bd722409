import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { parseKernelProfile } from '../../src/policy/parse-kernel-profile.ts';
import { newestKernel, sortKernels } from '../../src/policy/sort-kernels.ts';
import { ModelError } from '../../src/system/model-error.ts';
import { temporaryFolder } from '../cli/command-line.ts';
import { KERNELS, loadKernel } from '../support/kernel-files.ts';
import { ALLOW_LISTS, PROFILES } from '../support/vector-fixture.ts';

const idOf = (entry: { vendor: number; device: number | 'any' | null }) =>
  `${entry.vendor.toString(16)}:${(entry.device ?? 'any').toString(16)}`;

/** The releases of `hairpin`, then what is no release. */
const SHIPPED = [
  'linux-4.20',
  'linux-5.4',
  'linux-5.8',
  'linux-5.10',
  'linux-5.18',
  'linux-6.1',
  'linux-6.12',
  'linux-6.19',
  'linux-7.1',
  'linux-7.2',
  'linux-7.3',
  'proposed-2026-tlpclass',
];

const XEON_3 = ['8086:3c00', '8086:3c01', '8086:2f00', '8086:2f01'];
const SKYLAKE = ['8086:2030', '8086:2031', '8086:2032', '8086:2033', '8086:2020'];

/** Written down from kernel-p2pdma, section 1.5, by the releases in its last column. */
const OLD_LISTS: readonly (readonly [string, readonly string[]])[] = [
  ['linux-4.20', []],
  ['linux-5.4', ['1022:1450', ...XEON_3]],
  ['linux-5.8', ['1022:1450', '1022:15d0', '1022:1630', ...XEON_3, ...SKYLAKE]],
  ['linux-5.10', [...XEON_3, ...SKYLAKE]],
  ['linux-5.18', [...XEON_3, ...SKYLAKE, '8086:9a2']],
  ['linux-6.1', [...XEON_3, ...SKYLAKE, '8086:9a2']],
  ['linux-6.12', [...XEON_3, ...SKYLAKE, '8086:9a2']],
];

const WITHOUT_CPU_CHECK = ['linux-4.20', 'linux-5.4', 'linux-5.8'];

/** `6.19` as 619. */
const number = (release: string): number =>
  Number(release.split('.')[0]) * 100 + Number(release.split('.')[1]);

describe('the shipped kernel profiles', () => {
  test('are twelve, among them those of the vectors', () => {
    expect(KERNELS).toEqual(SHIPPED);
    expect(KERNELS).toEqual(expect.arrayContaining(Object.keys(PROFILES)));
  });

  test.each(Object.entries(PROFILES))(
    '%s has the algorithm and the allow list of the vectors, in order',
    (name, { allowList, algorithm }) => {
      const expected = ALLOW_LISTS[allowList as keyof typeof ALLOW_LISTS];
      const profile = loadKernel(name);
      expect(profile.algorithm).toBe(algorithm);
      expect(profile.allowList.map(idOf)).toEqual(expected.map(idOf));
      expect(profile.allowList.map((entry) => entry.sameHostBridgeOnly)).toEqual(
        expected.map((entry) => entry.reqSameHostBridge),
      );
    },
  );

  test.each(OLD_LISTS)('%s has the host bridges that its time knew, in order', (name, ids) => {
    const { allowList } = loadKernel(name);
    expect(allowList.map(idOf)).toEqual(ids);
    const same = allowList.filter((entry) => entry.sameHostBridgeOnly);
    expect(same.map(idOf)).toEqual(ids.filter((id) => XEON_3.includes(id)));
  });

  test.each(KERNELS)('%s trusts AMD from Zen on, unless older than 5.9, and gives its sources', (name) => {
    const { cpuCheck, allowList, status, acs } = loadKernel(name);
    const zen = { vendor: 'AMD', arch: 'x86', minFamily: 0x17, source: expect.stringContaining('1.4') };
    expect(cpuCheck).toEqual(WITHOUT_CPU_CHECK.includes(name) ? null : zen);
    for (const { source } of allowList) expect(source).toMatch(/kernel-p2pdma 1\.5/);
    for (const { source } of [status, acs]) expect(source).toMatch(/\w{4}/);
  });

  test('no entry of a release is younger than the release', () => {
    for (const { release, allowList } of KERNELS.filter((name) => name.startsWith('linux')).map(loadKernel)) {
      for (const { since } of allowList) {
        expect(number(/^\d+\.\d+/.exec(since)?.[0] ?? '')).toBeLessThanOrEqual(number(release));
      }
    }
  });

  test('are exact from 6.12 on, inferred before, and a proposal says so', () => {
    const exact = SHIPPED.slice(SHIPPED.indexOf('linux-6.12'), -1);
    for (const name of KERNELS) {
      const kind = name.startsWith('proposed') ? 'proposed' : exact.includes(name) ? 'exact' : 'inferred';
      expect([name, loadKernel(name).status.kind]).toEqual([name, kind]);
    }
  });

  test('obey boot options anew from 6.12 on', () => {
    for (const name of KERNELS) {
      const { status, acs } = loadKernel(name);
      const old = status.kind === 'inferred';
      const rules = { disableRedirect: old ? 'from-result' : 'from-firmware', configAcs: !old };
      expect([name, acs]).toEqual([name, expect.objectContaining(rules)]);
    }
  });
});

test('Zhaoxin host bridges are not in 7.3, which a running 7.3.4 kernel refuses', () => {
  expect(loadKernel('linux-7.3').allowList.filter((entry) => entry.vendor === 0x1d17)).toEqual([]);
});

test('the newest profile is the default, and an unknown one is refused with those that there are', () => {
  expect(loadKernelProfile().name).toBe('linux-7.3');
  expect(() => loadKernelProfile('linux-7.4')).toThrow(
    /"linux-7.4".*did you mean .*linux-7.*Known: linux-4.20, .*linux-7.3.*\.\/my-kernel\.yaml/,
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

test('what is no release comes behind the releases, and is never the default', () => {
  const names = ['proposed-2030', 'linux-7.3', 'another', 'linux-7.10'];
  expect(sortKernels(names)).toEqual(['linux-7.3', 'linux-7.10', 'another', 'proposed-2030']);
  expect(newestKernel(names)).toBe('linux-7.10');
  expect(newestKernel(['another'])).toBe(null);
});

const GOOD = `kernel: linux-7.3
release: "7.3"
about: a test
status: { kind: exact, source: s }
algorithm: { kind: path, source: s }
acs: { disable_redirect: from-firmware, config_acs: true, source: s }
cpu_check: { vendor: AMD, arch: x86, min_family: 0x17, source: s }
allow_list:
  - { vendor: 0x8086, device: "any", same_host_bridge_only: true, name: n, since: "5.4", source: s }
`;

test.each([
  ['vendor: 0x8086', 'vendor: 8086x', 'allow_list[0].vendor', 9],
  ['device: "any"', 'device: 0x123456', 'allow_list[0].device', 9],
  ['min_family', 'min_famly', 'cpu_check.min_famly', 7],
  ['kind: path', 'kind: paths', 'algorithm.kind', 5],
  ['kind: path', 'kind: common-bridge-only', 'cpu_check', 7],
  ['kind: exact', 'kind: certain', 'status.kind', 4],
  ['from-firmware', 'from-anything', 'acs.disable_redirect', 6],
  ['config_acs: true', 'config_acs: 1', 'acs.config_acs', 6],
  ['release: "7.3"', 'release: "7.2"', 'release', 2],
  ['same_host_bridge_only: true, ', '', 'allow_list[0].same_host_bridge_only', 9],
])('a profile with %s made "%s" is refused at %s, line %i', (from, to, path, line) => {
  const parse = () => parseKernelProfile(GOOD.replace(from, to), 'k.yaml');
  expect(() => parseKernelProfile(GOOD, 'k.yaml')).not.toThrow();
  expect(parse).toThrow(ModelError);
  expect(parse).toThrow(expect.objectContaining({ file: 'k.yaml', path, line }) as Error);
});

test('a kernel that allows no host bridge has no list of those that it allows', () => {
  const text = GOOD.replace('kind: path', 'kind: common-bridge-only').replace(
    /cpu_check: .*/,
    'cpu_check: null',
  );
  expect(() => parseKernelProfile(text, 'k.yaml')).toThrow(
    /k\.yaml:8:1 allow_list: expected .* an empty list/,
  );
  const none = text.replace(/allow_list:[^]*/, 'allow_list: []');
  expect(parseKernelProfile(none, 'k.yaml')).toMatchObject({ cpuCheck: null, allowList: [] });
});

const file = () => join(temporaryFolder(), 'my-kernel.yaml');

describe('a kernel profile of the user', () => {
  test('is read from its file, under a name of its own', () => {
    const path = file();
    writeFileSync(path, GOOD.replace('kernel: linux-7.3', 'kernel: my-kernel'));
    expect(loadKernelProfile(path)).toMatchObject({ name: 'my-kernel', release: '7.3' });
  });

  test('that is not good is refused by line', () => {
    const path = file();
    writeFileSync(path, GOOD.replace('0x8086', '8086x'));
    expect(() => loadKernelProfile(path)).toThrow(/my-kernel\.yaml:9:\d+ allow_list\[0\]\.vendor: expected/);
  });

  test('that is not there is refused as a file, not as a name', () => {
    expect(() => loadKernelProfile('./no-such-kernel.yaml')).toThrow(ModelError);
    expect(() => loadKernelProfile('./no-such-kernel.yaml')).toThrow(/expected a file, got nothing there/);
  });
});
