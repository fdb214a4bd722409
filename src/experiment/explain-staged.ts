import { equalChunk } from '../dma/staging/equal-chunk.ts';
import { USUAL_STAGING } from '../dma/staging/usual-staging.ts';
import type { AddressKind } from '../pcie/address-kind.ts';
import { type Bound, type BoundResult, boundOf } from '../routing/bound.ts';
import { stagingBound } from '../routing/staging-bound.ts';
import { socketOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { type Bytes, bytes } from '../units.ts';
import type { StagedExplanation, StagedLeg } from './staged-explanation.ts';
import { stagingLatencies } from './staging-setting.ts';

/** A copy by way of memory. */
export interface StagedQuestion {
  readonly from: string;
  readonly to: string;
  /** `mem:<socket>`, or `mem` for that of the source's socket. */
  readonly via: string;
  readonly size: Bytes;
}

/** A size that has no equal chunks is taken as if it had: a byte more or less of a chunk. */
function chunkOf(size: Bytes): Bytes {
  const { size: limit } = USUAL_STAGING;
  return equalChunk(size, limit) ?? bytes(Math.ceil(size / Math.ceil(size / limit)));
}

function memoryOf(system: System, { from, via }: StagedQuestion): string {
  if (via === 'mem') return `mem:${socketOf(system, from).id}`;
  const memories = system.sockets.map(({ id }) => `mem:${id}`);
  if (memories.includes(via)) return via;
  throw new RangeError(
    `"${via}" is no memory of ${system.name}; choose from ${memories.join(', ')}, or mem for that of ${from}`,
  );
}

const legOf = ({ rate, limitedBy, latency, routes: { request, completion } }: Bound): StagedLeg => ({
  requestRoute: request.hops,
  completionRoute: completion?.hops ?? null,
  goodput_GBps: rate / 1e9,
  limitedBy,
  unloaded_latency_ns: latency / 1e3,
});

const reasonOf = (...results: readonly BoundResult[]): string =>
  results.flatMap((result) => (result.kind === 'none' ? [result.reason] : []))[0] ?? '';

/**
 * What a copy by way of the usual staging buffers in a memory can be at most, without the engine. Throws RangeError for a memory
 * that is not of the system.
 */
export function explainStaged(system: System, question: StagedQuestion): StagedExplanation {
  const { from, to, size } = question;
  const via = memoryOf(system, question);
  const address: AddressKind = system.iommu.mode === 'translate' ? 'IOVA' : 'PHYS';
  const chunk = chunkOf(size);
  const common = { size: chunk, address };
  const first = boundOf(system, { ...common, op: 'write', from, to: via });
  const second = boundOf(system, { ...common, op: 'read', from: via, to });
  const { buffers } = USUAL_STAGING;
  const latencies = stagingLatencies(system, { from, to });
  const interrupts = { in: latencies.in / 1e3, out: latencies.out / 1e3 };
  const setting = {
    via,
    buffers,
    buffer_bytes: USUAL_STAGING.size,
    chunk_bytes: chunk,
    interrupt_ns: interrupts,
  };
  if (first.kind === 'none' || second.kind === 'none') {
    return { ...setting, address, expected: null, refused: reasonOf(first, second) };
  }
  const bound = stagingBound({ in: first.bound, out: second.bound, buffers, latencies });
  return {
    ...setting,
    address,
    expected: {
      legs: { in: legOf(first.bound), out: legOf(second.bound) },
      constraints: bound.constraints.map(({ resource, leg, rate }) => ({
        resource,
        leg,
        rate_GBps: rate / 1e9,
      })),
      goodput_GBps: bound.rate / 1e9,
      limitedBy: bound.limitedBy,
      unloaded_latency_ns: bound.latency / 1e3,
    },
  };
}
