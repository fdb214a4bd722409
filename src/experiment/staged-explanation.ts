import type { AddressKind } from '../pcie/address-kind.ts';

/** One DMA of a staged copy, alone in the machine: the write into a buffer, or the read out of it. */
export interface StagedLeg {
  readonly requestRoute: readonly string[];
  /** Of the read. */
  readonly completionRoute: readonly string[] | null;
  readonly goodput_GBps: number;
  readonly limitedBy: string;
  readonly unloaded_latency_ns: number;
}

/** What arithmetic says of a copy by way of staging buffers in system memory: plain data, `staged` of `hairpin explain`. */
export interface StagedExplanation {
  /** The memory of the buffers; how many these are, and of how many bytes: assumed. */
  readonly via: string;
  readonly buffers: number;
  readonly buffer_bytes: number;
  /** What a buffer takes at a time. */
  readonly chunk_bytes: number;
  /** From the end of either DMA to the driver that acts on it. */
  readonly interrupt_ns: { readonly in: number; readonly out: number };
  /** Of the buffers, for either device. */
  readonly address: AddressKind;
  /** Null where a port ends the TLPs of one of the DMAs. */
  readonly expected: {
    readonly legs: { readonly in: StagedLeg; readonly out: StagedLeg };
    /** What each resource allows, the tightest first; `both` legs share it, or it is the buffers. */
    readonly constraints: readonly {
      readonly resource: string;
      readonly leg: 'in' | 'out' | 'both';
      readonly rate_GBps: number;
    }[];
    readonly goodput_GBps: number;
    readonly limitedBy: string;
    /** Of one chunk alone, from the first write to the last byte read. */
    readonly unloaded_latency_ns: number;
  } | null;
  readonly refused?: string;
}
