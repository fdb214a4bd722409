import type { ImporterKind } from '../../src/dma/life/importer-kind.ts';
import type { BufferSpec, ImporterSpec, LifeStep } from '../../src/dma/life/life-spec.ts';
import { RandomStream } from '../../src/engine/random-stream.ts';
import type { RunRequest } from '../../src/experiment/runner.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { setIommu, withRedirect } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, type Picoseconds, picoseconds } from '../../src/units.ts';
import { device, measuredSystem, pcieSwitch } from './measured-system.ts';

const US = 1e6;
const profile = loadKernelProfile();
const DEVICES = ['a', 'b', 'c', 'd', 'e', 'f'];
const KINDS: readonly ImporterKind['name'][] = ['page-fault', 'iommufd', 'gpu', 'pinned', 'static'];

/** Draws from one stream. */
class Draws {
  private readonly stream: RandomStream;

  constructor(seed: string) {
    this.stream = new RandomStream(seed, 'random-life');
  }

  below(count: number): number {
    return this.stream.below(count);
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  time(most: number): Picoseconds {
    return picoseconds(this.below(most));
  }
}

/** Five devices below one switch and one below another root port, with drivers that take a microsecond or two. */
function machine(draws: Draws): System {
  const one = (id: string) =>
    device(id, draws.of(['gen4x16', 'gen5x8', 'gen3x4']), {
      table: { fault_latency: '2 us', fill_latency: '1 us', zap_latency: '500 ns' },
      completer: { latency: '300 ns' },
      ats: { entries: draws.of(['none', 8]) },
    });
  const system = measuredSystem({
    cpu: {
      memory_latency: '200 ns',
      kernel: { interrupt_latency: '1 us', map_latency: '400 ns', unmap_latency: '700 ns' },
    },
    below: [pcieSwitch('sw', 'gen5x16', DEVICES.slice(0, 5).map(one)), one('f')],
  });
  const redirected = draws.below(2) === 0 ? system : withRedirect(system, 'all');
  return setIommu(redirected, draws.of(['off', 'passthrough', 'translate'] as const), bytes(4096));
}

function importer(draws: Draws, id: string, name: string): ImporterSpec {
  const size = bytes(draws.of([256, 4096, 10_000]));
  return {
    id,
    device: name,
    kind: draws.of(KINDS),
    op: draws.of(['write', 'read'] as const),
    size,
    depth: 1 + draws.below(6),
    transfers: draws.below(3) === 0 ? 1 + draws.below(200) : null,
    job: 1 + draws.below(8),
    start: draws.time(20 * US),
  };
}

/** Moves there and back, revokes and un-revokes at random times, often while the last is not over; sometimes the end of all. */
function steps(draws: Draws, exporter: string, count: number): readonly LifeStep[] {
  let at = 0;
  return Array.from({ length: count }, (_, i): LifeStep => {
    at += draws.below(draws.of([1, 5, 40]) * US);
    const usual = draws.of(['move', 'revoke', 'unrevoke'] as const);
    const what = i === count - 1 && draws.below(3) > 0 ? 'remove' : usual;
    if (what === 'move') return { at: picoseconds(at), what, to: draws.of([exporter, 'mem:s0']) };
    return { at: picoseconds(at), what };
  });
}

function buffer(draws: Draws, id: string, stepCount: number): BufferSpec {
  const exporter = draws.of(DEVICES);
  const others = DEVICES.filter((name) => name !== exporter);
  return {
    id,
    exporter,
    kind: draws.of(['vfio', 'gpu', 'gpu', 'uverbs'] as const),
    size: bytes(65_536),
    fallback: 'mem:s0',
    importers: Array.from({ length: 1 + draws.below(5) }, (_, i) =>
      importer(draws, `${id}${i}`, draws.of(others)),
    ),
    steps: steps(draws, exporter, stepCount),
  };
}

/** A machine, one or two buffers, drivers of all kinds, and so many steps of each exporter, all drawn from the seed. */
export function randomLife(seed: string, stepCount: number): RunRequest & { buffers: readonly BufferSpec[] } {
  const draws = new Draws(seed);
  const system = machine(draws);
  const buffers = Array.from({ length: 1 + draws.below(2) }, (_, i) =>
    buffer(draws, 'xy'[i] ?? '', stepCount),
  );
  const last = Math.max(...buffers.map(({ steps: own }) => own.at(-1)?.at ?? 0));
  return { system, profile, flows: [], buffers, seed, until: picoseconds(last + 100 * US) };
}
