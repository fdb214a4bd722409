import { describe, expect, test } from 'vitest';
import type { BufferSpec, LifeStep } from '../../src/dma/life/life-spec.ts';
import { setIommu } from '../../src/system/edit.ts';
import { bytes } from '../../src/units.ts';
import { DmabufWorld, EXPORTER } from '../support/dmabuf-world.ts';
import {
  ASK,
  DEVICE,
  FILL,
  lifeMachine,
  MEMORY,
  PIECES,
  READ,
  SIZE,
  TABLE,
  UNMAP,
  WALK,
  WRITE,
  ZAP,
} from '../support/life-machine.ts';
import { eventOf, live, move, ps, shared, step, us, user } from '../support/measured-life.ts';

const MACHINE = lifeMachine({ table: TABLE });
const vfio = (
  importers: BufferSpec['importers'],
  steps: readonly LifeStep[],
  changes: Partial<BufferSpec> = {},
) => shared(importers, steps, { kind: 'vfio', ...changes });

describe('L06: a revoke while a DMA of 100 us is under way behind a fence', () => {
  const READS = Math.ceil(100e6 / READ);
  const job = user('a', { kind: 'gpu', job: READS, transfers: READS });
  const life = live(MACHINE, [vfio([job], [step(10, 'revoke')])]);
  const { from_ps, to_ps, costs } = eventOf(life, 'revoke');
  const end = FILL + READS * READ;

  test('returns when the DMA ends, to the picosecond', () => {
    expect([from_ps, to_ps]).toEqual([10e6, end]);
    expect(end).toBeGreaterThan(100e6);
  });

  test('goes to the fence, and what is left of the last read to the drain', () => {
    expect(ps(costs.fences_ns) + ps(costs.drain_reads_ns)).toBe(end - 10e6);
    expect(ps(costs.drain_reads_ns)).toBeLessThanOrEqual(READ);
  });

  test('is followed by no DMA', () => {
    expect(life.arrivals.at(-1)?.time).toBe(end);
    expect(life.arrivals.length).toBe(READS * PIECES);
  });

  test('returns at once where the DMA can be stopped at once, but for the read under way', () => {
    const other = live(MACHINE, [vfio([user('a', { kind: 'iommufd', job: READS })], [step(10, 'revoke')])]);
    const event = eventOf(other, 'revoke');
    expect(event.to_ps - event.from_ps).toBe(READ - ((10e6 - FILL) % READ));
  });
});

const many = (count: number, kind: 'page-fault' | 'gpu', job = 1) =>
  Array.from({ length: count }, (_, i) => user('a', { id: `a${i}`, kind, job: job * (i + 1) }));

const revokeOf = (count: number, kind: 'page-fault' | 'gpu', job?: number) =>
  eventOf(live(MACHINE, [shared(many(count, kind, job), [step(50, 'revoke')])]), 'revoke');

describe('of attachments that a revoke tells', () => {
  test.each([1, 2, 5, 8])('%i that stop at once are told one after the other', (count) => {
    const { costs, attachments, mapped, total_ns } = revokeOf(count, 'page-fault');
    expect([attachments, mapped]).toEqual([count, count]);
    expect(ps(costs.fan_out_ns)).toBe(count * ZAP);
    // each drains within its zap
    expect(ps(total_ns)).toBe(count * ZAP);
  });

  test('those behind a fence end together: the longest job counts', () => {
    const life = live(MACHINE, [shared(many(3, 'gpu', 40), [step(50, 'revoke')])]);
    const { from_ps, to_ps } = eventOf(life, 'revoke');
    const jobEnds = [0, 1, 2].map((i) =>
      life.arrivals
        .filter(({ flow }) => flow === `a${i}@g`)
        .reduce((last, { time }) => Math.max(last, time), 0),
    );
    expect(new Set(jobEnds).size).toBe(3);
    expect(to_ps).toBe(Math.max(...jobEnds));
    expect(to_ps - from_ps).toBeLessThan(jobEnds.reduce((sum, end) => sum + end - from_ps, 0));
  });
});

const two = (kind: 'iommufd' | 'page-fault') =>
  ['far', 'away'].map((exporter, i) =>
    vfio([user('ab'[i] ?? '', { kind })], [step(50, 'revoke')], { id: exporter, exporter }),
  );

describe("iommufd's mutex", () => {
  const iova = setIommu(lifeMachine(), 'translate', bytes(SIZE));
  const revokes = (kind: 'iommufd' | 'page-fault') =>
    live(iova, two(kind))
      .buffers.map(({ events }) => events[0])
      .map((event) => event?.costs);

  test('lets the revokes of two buffers go one after the other', () => {
    const [first, second] = revokes('iommufd');
    expect(ps(first?.fan_out_ns ?? 0)).toBe(0);
    expect(ps(first?.iotlb_ns ?? 0)).toBe(UNMAP);
    expect(ps(second?.fan_out_ns ?? 0)).toBe(UNMAP + ps(first?.drain_reads_ns ?? 0));
    expect(second?.drain_reads_ns).toBe(0);
  });

  test('does not concern other drivers', () => {
    for (const costs of revokes('page-fault')) expect(costs?.fan_out_ns).toBe(0);
  });
});

const outcome = (buffer: BufferSpec) => {
  const [life] = live(MACHINE, [buffer]).buffers;
  return {
    place: life?.place,
    events: life?.events.map(({ what, errno }) => `${what}: ${errno ?? 'done'}`),
  };
};

describe('a move', () => {
  test.each(['pinned', 'iommufd'] as const)(
    'is refused to a GPU while a driver of the kind %s has pinned',
    (kind) => {
      const buffer = shared([user('a', { kind }), user('b')], [move(50, 'mem:s0')]);
      expect(outcome(buffer)).toEqual({ place: 'g', events: ['move: -EBUSY'] });
    },
  );

  test('goes on when the driver that pinned has gone', () => {
    const buffer = shared([user('a', { kind: 'pinned', transfers: 4 })], [move(50, 'mem:s0')]);
    expect(outcome(buffer)).toEqual({ place: 'mem:s0', events: ['move: done'] });
  });

  test('to the system is what a static importer makes, whose mapping then pins the memory there', () => {
    const buffer = shared([user('a', { kind: 'static' })], [move(50, 'g')]);
    expect(outcome(buffer)).toEqual({ place: 'mem:s0', events: ['migrate: done', 'move: -EBUSY'] });
  });

  test('is possible again when the static importer has unmapped', () => {
    const buffer = shared([user('a', { kind: 'static', transfers: 4 })], [move(50, 'g')]);
    expect(outcome(buffer)).toEqual({ place: 'g', events: ['migrate: done', 'move: done'] });
  });

  test('waits for the unmap of a static importer, not for its detach', () => {
    const world = new DmabufWorld('gpu');
    const attachment = world.attached({ peerToPeer: false, invalidate: null });
    world.locked(EXPORTER, () => world.buffer.moved(EXPORTER, 1));
    world.map(attachment);
    expect(world.buffer.isPinned).toBe(true);
    world.unmap(attachment);
    expect(world.buffer.isPinned).toBe(false);
  });

  test('under a mapping that was not told of it is a defect', () => {
    const world = new DmabufWorld('gpu');
    world.map(world.attached());
    expect(() => world.locked(EXPORTER, () => world.buffer.moved(EXPORTER, 1))).toThrow(/^I9/);
  });

  test.each(['vfio', 'uverbs'] as const)('is nothing that %s does', (kind) => {
    const buffer = shared([user('a')], [move(50, 'mem:s0')], { kind });
    expect(outcome(buffer)).toEqual({ place: 'g', events: ['move: -EOPNOTSUPP'] });
  });
});

describe('L09: after a move to the system', () => {
  const READS = 300;
  const system = setIommu(MACHINE, 'translate', bytes(SIZE));
  const { arrivals, result } = live(system, [
    shared([user('a', { transfers: READS })], [move(50, 'mem:s0')]),
  ]);
  const busy = (id: string): number => {
    const span = (arrivals.at(-1)?.time ?? 0) - FILL;
    return (result.links.find((link) => link.id === id)?.utilisation ?? Number.NaN) * span;
  };
  const latencies = (flow: string) =>
    arrivals.flatMap(({ flow: id, issued, ended }) =>
      id === flow && ended !== null ? [ended - issued] : [],
    );
  const [near, far] = [latencies('a@g'), latencies('a@mem:s0')];

  test('the device uses an IOVA where it had a bus address, and walks for each page', () => {
    const memory = READ - DEVICE + MEMORY;
    expect(near.length + far.length).toBe(READS);
    expect(new Set(near)).toEqual(new Set([READ]));
    // a walk begins with the head of a request
    expect(far.slice(0, 16)).toEqual(Array(16).fill(memory + WALK - ASK));
    expect(new Set(far.slice(16))).toEqual(new Set([memory]));
  });

  test('its requests go to the root port, and none to the GPU', () => {
    const requests = SIZE / 512;
    const copied = (64 * 1024) / 256;
    expect(busy('link:sw.d0:down')).toBeCloseTo(near.length * requests * ASK, 3);
    expect(busy('link:rp0:up')).toBeCloseTo(far.length * requests * ASK + copied * WRITE, 3);
  });
});

const log = (buffers: readonly BufferSpec[]) =>
  live(MACHINE, buffers).arrivals.filter(({ flow }) => /^[ab]@|^frames/.test(flow));

describe('nothing else changes what happens to a buffer', () => {
  const steps = [move(20, 'mem:s0'), move(60, 'g'), step(100, 'revoke')];
  const importers = [user('a', { depth: 4 }), user('b', { kind: 'gpu', op: 'write', depth: 3, job: 5 })];
  const own = shared(importers, steps);
  const elsewhere = shared([user('away', { depth: 8 })], [move(30, 'mem:s0'), step(80, 'remove')], {
    id: 'elsewhere',
    exporter: 'far',
  });
  const alone = log([own]);

  test('neither an unrelated buffer elsewhere, before or after it', () => {
    expect(alone.length).toBeGreaterThan(2000);
    expect(log([own, elsewhere])).toEqual(alone);
    expect(log([elsewhere, own])).toEqual(alone);
  });

  test('nor steps that do nothing, at any time', () => {
    const idle = [10, 30.5, 61, 99].map((at) => step(at, 'unrevoke'));
    const all = [...steps, ...idle].toSorted((x, y) => x.at - y.at);
    expect(log([shared(importers, all)])).toEqual(alone);
  });

  test('nor later steps what happened before', () => {
    const more = [...steps, step(120, 'unrevoke'), step(150, 'remove')];
    const before = (arrivals: ReturnType<typeof log>) => arrivals.filter(({ time }) => time <= us(120));
    expect(before(log([shared(importers, more)]))).toEqual(before(alone));
  });

  test('but a step of its own does', () => {
    expect(log([shared(importers, steps.slice(1))])).not.toEqual(alone);
  });
});
