import type { DrivenFlow } from '../driven-flow.ts';
import type { Reach } from './attachment.ts';
import type { ImporterKind } from './importer-kind.ts';

/** Transfers of an importer with the memory in one place: its own, and a small read that pushes posted writes ahead of it. */
export interface ImporterFlows extends Reach {
  readonly data: DrivenFlow;
  readonly flush: DrivenFlow;
}

/** What an importer does with the buffer. */
export interface ImporterWork {
  readonly kind: ImporterKind;
  readonly op: 'write' | 'read';
  /** Transfers under way at a time, how many there are in all (Infinity: until the run ends), and how many make a job. */
  readonly depth: number;
  readonly transfers: number;
  readonly job: number;
  readonly start: number;
  /** By place of the memory; null: the kernel refuses it. */
  readonly flows: readonly (ImporterFlows | null)[];
  /** Place in the system's memory to which the buffer goes where the device's cannot be reached. */
  readonly fallback: number;
  readonly latencies: ImporterLatencies;
}

/** In ps: of the kernel (map, unmap) and of the device's table (fault, fill, zap). */
export interface ImporterLatencies {
  readonly map: number;
  readonly unmap: number;
  readonly fault: number;
  readonly fill: number;
  readonly zap: number;
}
