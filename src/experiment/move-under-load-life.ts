import type { BufferSpec, LifeStep } from '../dma/life/life-spec.ts';
import { bytes, type Picoseconds, parseBytes, picoseconds } from '../units.ts';
import type { MovedDriver } from './move-under-load-drivers.ts';

/** Bytes of each transfer of those who use the memory. */
export const MOVED_TRANSFER = parseBytes('4 KiB');

/** What shares a buffer: transfers under way at a time of each attachment, and attachments of the device. */
export interface MovedUse {
  readonly depth: number;
  readonly attachments: number;
  /** Bytes of the buffer, all of which a move copies. */
  readonly size: number;
  readonly steps: readonly LifeStep[];
}

const JOB = 64;

/** A buffer of `gpu0` that a driver uses without end, with jobs of 64 transfers where it has jobs. */
export function movedBuffer(
  { device, kind, op, exporter }: MovedDriver,
  { depth, attachments, size, steps }: MovedUse,
): BufferSpec {
  const common = { device, kind, op, size: MOVED_TRANSFER, depth, transfers: null, job: JOB };
  return {
    id: 'frames',
    exporter: 'gpu0',
    kind: exporter,
    size: bytes(size),
    fallback: 'mem:s0',
    importers: Array.from({ length: attachments }, (_, i) => ({
      ...common,
      id: `user${i}`,
      start: picoseconds(0),
    })),
    steps,
  };
}

/** The memory goes out at one time and comes back at another. */
export function movedSteps(
  what: 'move' | 'revoke',
  out: Picoseconds,
  back: Picoseconds,
): readonly LifeStep[] {
  if (what === 'move')
    return [
      { at: out, what, to: 'mem:s0' },
      { at: back, what, to: 'gpu0' },
    ];
  return [
    { at: out, what },
    { at: back, what: 'unrevoke' },
  ];
}
