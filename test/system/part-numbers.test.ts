import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/node/load-part.ts';
import { modelsFolder } from '../../src/node/models-folder.ts';
import { readText } from '../../src/node/read-text.ts';
import { ModelError } from '../../src/system/model-error.ts';
import { parsePart } from '../../src/system/parse-part.ts';
import type { Part } from '../../src/system/part.ts';

const WRITES = { carries: 'writes' };
const GENERIC = ['cpu', 'switch', 'other'] as const;

/** A part like the generic one of its kind but for what is written here. */
const partLike = (kind: (typeof GENERIC)[number], entries: object): Part =>
  parsePart(
    JSON.stringify({ part: `${kind}/test`, kind, about: 'test', like: `${kind}/generic`, ...entries }),
    'test.yaml',
    (name) => ({ text: readText(`${modelsFolder('devices')}/${name}.yaml`), file: `${name}.yaml` }),
  );

/** A part like the generic one of its kind but for the number at `path`. */
function partWith(kind: (typeof GENERIC)[number], path: string, value: string | number): Part {
  const entry = { value, kind: 'assumed', source: 'a test' };
  const numbers = path.split('.').reduceRight<object>((inner, key) => ({ [key]: inner }), entry);
  return partLike(kind, numbers);
}

const withOrigin = (origin: object): Part => partLike('switch', { latency: { value: '99 ns', ...origin } });

describe('a number of a part', () => {
  it.each([
    ['switch', 'port.flow_control_scale', 16, { port: { flowControlScale: 16 } }],
    ['switch', 'port.update_fc', 'at once', { port: { updateFc: { kind: 'at-once' } } }],
    [
      'switch',
      'port.update_fc',
      'specification-limit',
      { port: { updateFc: { kind: 'specification-limit' } } },
    ],
    ['switch', 'port.update_fc', '200 ns', { port: { updateFc: { kind: 'period', period: 200_000 } } }],
    ['switch', 'port.replay_buffer', 'unlimited', { port: { replayBuffer: null } }],
    ['switch', 'port.replay_buffer', '32 KiB', { port: { replayBuffer: 32_768 } }],
    ['switch', 'queues', 'virtual-output', { queues: 'virtual-output' }],
    ['switch', 'order', 'egress', { order: 'egress' }],
    ['switch', 'shared_buffer', 'none', { sharedBuffer: null }],
    ['switch', 'shared_buffer', '64 KiB', { sharedBuffer: 65_536 }],
    ['switch', 'weights.upstream', 4, { weights: { upstream: 4, downstream: 1 } }],
    ['cpu', 'order', 'egress', { order: 'egress' }],
    [
      'cpu',
      'scopes.same_host_bridge.carries',
      'writes',
      { scopes: { same_host_bridge: { carries: 'writes' } } },
    ],
    ['cpu', 'recut', 'none', { recut: null }],
    ['cpu', 'recut', '64 B', { recut: 64 }],
    ['cpu', 'requester_id', 'replaced', { requesterId: 'replaced' }],
    ['cpu', 'destination_change', '100 ns', { destinationChange: 100_000 }],
    ['cpu', 'iommu.walks', 2, { iommu: { entries: 64, hitLatency: 0, walkLatency: 280_000, walks: 2 } }],
    ['cpu', 'cache_latency', '50 ns', { cacheLatency: 50_000 }],
    ['other', 'ats.entries', 'none', { ats: { entries: null } }],
    ['other', 'ats.entries', 64, { ats: { entries: 64 } }],
  ] as const)('of the kind %s at %s may be %s', (kind, path, value, numbers) => {
    expect(partWith(kind, path, value)).toMatchObject(numbers);
  });

  it.each([
    ['switch', 'port.flow_control_scale', 2, 'one of 1, 4, 16'],
    ['switch', 'port.update_fc', 'at-once', 'at once, specification-limit, or a period'],
    ['switch', 'port.update_fc', '0 ns', 'at once, specification-limit, or a period'],
    ['switch', 'port.replay_buffer', 'none', 'a value like "32 KiB", or unlimited'],
    ['switch', 'queues', 'fifo', 'one of in-order, virtual-output'],
    ['switch', 'order', 'none', 'one of ingress, egress'],
    ['switch', 'shared_buffer', 'unlimited', 'a value like "64 KiB", or none'],
    ['switch', 'weights.downstream', 0, 'a whole number from 1 on'],
    ['cpu', 'scopes.memory.carries', 'reads', 'one of all, writes'],
    ['cpu', 'recut', '32 B', 'a value like "64 B", or none'],
    ['cpu', 'recut', '96 B', 'a value like "64 B", or none'],
    ['cpu', 'requester_id', 'yes', 'one of kept, replaced'],
    ['cpu', 'destination_change', 'none', 'a time with its unit'],
    ['cpu', 'iommu.entries', 0, 'a whole number from 1 on'],
    ['cpu', 'cache_latency', 50, 'a time with its unit'],
    ['other', 'ats.entries', 0, 'a value like 64, or none'],
  ] as const)('of the kind %s at %s cannot be %s', (kind, path, value, expected) => {
    const read = (): Part => partWith(kind, path, value);
    expect(read).toThrow(ModelError);
    expect(read).toThrow(`${path}.value: expected ${expected}, got`);
  });
});

describe('the origin of a number', () => {
  const GOOD = { kind: 'inferred', source: 'a test' };

  it('may say which published rows it was fixed from', () => {
    const fixedBy = ['asus-esc8000a-e13p#001', 'wrx90-2sw-flat#053'];
    const { provenance } = withOrigin({ ...GOOD, fixed_by: fixedBy });
    expect(provenance.find(({ path }) => path === 'latency')).toEqual({
      path: 'latency',
      text: '99 ns',
      ...GOOD,
      fixedBy,
    });
    expect(provenance.find(({ path }) => path === 'forwarding')?.fixedBy).toEqual([]);
  });

  it.each([
    ['no source', { kind: 'inferred' }, 'latency.source: expected'],
    ['an empty source', { ...GOOD, source: ' ' }, 'latency.source: expected text'],
    ['no kind', { source: 'a test' }, 'latency.kind: expected'],
    ['a kind that is none', { ...GOOD, kind: 'guessed' }, 'latency.kind: expected one of stated'],
    ['a row without its platform', { ...GOOD, fixed_by: ['053'] }, 'latency.fixed_by[0]: expected the id'],
    ['a row that is not in a list', { ...GOOD, fixed_by: 'a#1' }, 'latency.fixed_by: expected a list'],
  ])('is refused with %s', (_, origin, message) => {
    expect(() => withOrigin(origin)).toThrow(message);
  });

  it('is refused without a value', () => {
    expect(() => withOrigin({ ...GOOD, value: null })).toThrow('latency.value: expected a time');
  });
});

describe('the words of a part', () => {
  it('are none where it has none', () => {
    expect(partLike('cpu', {})).toMatchObject({ models: [], families: [] });
  });

  it.each([
    ['a family that is none', { families: ['zen9'] }, 'families[0]: expected one of zen1'],
    ['a model that is empty', { models: [''] }, 'models[0]: expected text'],
    ['one model outside a list', { models: 'EPYC' }, 'models: expected a list'],
  ])('are refused with %s', (_, words, message) => {
    expect(() => partLike('cpu', words)).toThrow(message);
  });
});

describe('the generic parts', () => {
  it.each(GENERIC)('%s does at its port what a part without the newer mechanisms does', (kind) => {
    expect(loadPart(`${kind}/generic`).port).toMatchObject({
      flowControlScale: 1,
      updateFc: { kind: 'at-once' },
      replayBuffer: null,
    });
  });

  it('have these mechanisms off until a number asks for them', () => {
    expect(loadPart('switch/generic')).toMatchObject({
      queues: 'in-order',
      order: 'ingress',
      sharedBuffer: null,
      weights: { upstream: 1, downstream: 1 },
    });
    expect(loadPart('cpu/generic')).toMatchObject({
      order: 'ingress',
      recut: null,
      requesterId: 'kept',
      destinationChange: 0,
      iommu: { entries: 64, hitLatency: 0, walkLatency: 280_000, walks: 6 },
      memoryLatency: 200_000,
      cacheLatency: 140_000,
    });
    expect(loadPart('other/generic')).toMatchObject({ ats: { entries: null } });
  });

  it('of CPUs carry all in every scope; Intel servers alone cut TLPs again, to 64 B, and Intel clients refuse reads', () => {
    const generic = loadPart('cpu/generic');
    const scopes = generic.kind === 'cpu' ? Object.values(generic.scopes) : [];
    expect(scopes.map(({ carries }) => carries)).toEqual(Array.from({ length: 8 }, () => 'all'));
    expect(loadPart('cpu/intel/xeon-sapphire-rapids')).toMatchObject({ recut: 64 });
    expect(loadPart('cpu/intel/xeon-granite-rapids')).toMatchObject({ recut: 64 });
    expect(loadPart('cpu/intel/xeon-ice-lake-sp')).toMatchObject({ recut: 64, order: 'ingress' });
    expect(loadPart('cpu/amd/epyc-9575f')).toMatchObject({ recut: null });
    for (const client of ['core', 'core-rocket-lake', 'core-arrow-lake']) {
      const part = loadPart(`cpu/intel/${client}`);
      expect(part).toMatchObject({ scopes: { same_root_port: WRITES, same_host_bridge: WRITES } });
      expect(part).toMatchObject({ scopes: { memory: { carries: 'all' } } });
    }
  });
});
