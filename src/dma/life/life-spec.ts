import type { Bytes, Picoseconds } from '../../units.ts';
import type { ExporterKind } from './exporter-kind.ts';
import type { ImporterKind } from './importer-kind.ts';

/** A device that uses a buffer: it writes into it or reads from it, in transfers of `size`. */
export interface ImporterSpec {
  /** Unique in the run. */
  readonly id: string;
  readonly device: string;
  readonly kind: ImporterKind['name'];
  readonly op: 'write' | 'read';
  readonly size: Bytes;
  /** Transfers under way at a time; how many in all, null: until the run ends; how many make a job that is not stopped midway. */
  readonly depth: number;
  readonly transfers: number | null;
  readonly job: number;
  readonly start: Picoseconds;
}

/** Something that the exporter does at a time. `to` is its own memory (its device's id) or `mem:<socket>`. */
export type LifeStep =
  | { readonly at: Picoseconds; readonly what: 'move'; readonly to: string }
  | { readonly at: Picoseconds; readonly what: 'revoke' | 'unrevoke' | 'remove' };

/** A shared buffer, first in the memory of its exporter's device. Steps are in order of time. */
export interface BufferSpec {
  readonly id: string;
  readonly exporter: string;
  readonly kind: ExporterKind['name'];
  readonly size: Bytes;
  /** Where it goes when an importer cannot reach the device's memory: `mem:<socket>`. */
  readonly fallback: string;
  readonly importers: readonly ImporterSpec[];
  readonly steps: readonly LifeStep[];
}

/** Places of the buffer's memory: the device's first, then the system memories that it may move to. */
export function placesOf({ exporter, fallback, steps }: BufferSpec): readonly string[] {
  const visited = steps.flatMap((step) => (step.what === 'move' ? [step.to] : []));
  return [...new Set([exporter, fallback, ...visited])];
}
