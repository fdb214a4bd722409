import type { Bytes } from '../../units.ts';

/** Data goes from one end to another; `write`: its source pushes it, `read`: its destination pulls it. */
export interface WorkloadFlow {
  readonly from: string;
  readonly to: string;
  readonly op: 'write' | 'read';
}

/** What a benchmark is told. Null: as the tool does it, or as many as the initiator can. */
export interface Workload {
  /** Flows that its value counts. */
  readonly flows: readonly WorkloadFlow[];
  /** Flows that run at the same time. */
  readonly background: readonly WorkloadFlow[];
  /** Whether rates are added, or their mean is the value. */
  readonly value: 'sum' | 'mean';
  /** Of one transfer. */
  readonly size: Bytes | null;
  /** Of host memory within which transfers lie. */
  readonly window: Bytes | null;
  readonly access: 'random' | 'sequential' | null;
  /** Whether the host's last-level cache has the data. */
  readonly cached: boolean;
  /** Transfers under way of each flow. */
  readonly depth: number | null;
  readonly relaxedOrdering: boolean;
  /** Whether the kernel is asked; what was measured has run, whatever it would say. */
  readonly asksKernel: boolean;
}
